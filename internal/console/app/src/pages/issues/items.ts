interface Printed { items?: { key?: string }[] }

/** Keys of the items of a template as TemplateVersion.export(format: JSON) prints it; none when it cannot be read. */
export function itemsOf(exported: string): string[] {
  try {
    return ((JSON.parse(exported) as Printed).items ?? []).flatMap((i) => i.key ? [i.key] : []);
  } catch {
    return [];
  }
}
