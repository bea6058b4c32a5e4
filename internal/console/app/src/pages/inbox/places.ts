/**
 * Where on the console a message's object is, told by the message's kind.
 * A publication and an objection have no page of their own by their id; what
 * they are about is in the message.
 */
export function placeOf(kind: string, id: string): string | null {
  switch (kind.split('.')[0]) {
    case 'round': return `/rounds/${id}`;
    case 'issue': return `/issues/${id}`;
    case 'publication': return `/published/${id}`;
    case 'objection': return '/approve';
    case 'task': return '/tasks';
    case 'webhook': return '/admin/webhooks';
    default: return null;
  }
}
