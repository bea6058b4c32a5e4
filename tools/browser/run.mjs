// Runs one journey: node run.mjs <name>, the file journeys/<name>.mjs. It prints
// what the journey gives back as JSON; a failure tells where, with a picture.
import { mkdirSync } from 'node:fs';
import { Stage, settings } from './harness.mjs';

const name = process.argv[2];
const { default: journey } = await import(`./journeys/${name}.mjs`);
const stage = await Stage.open(settings());
let told = {};
try {
  told = (await journey(stage)) ?? {};
} catch (e) {
  const folder = process.env.LEITAI_FAILED;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    await stage.last(`${folder}/${name}-${stage.size}`).catch(() => {}); // the failure itself counts
  }
  console.error(e);
  process.exitCode = 1;
}
await stage.close().catch((e) => { console.error(e); process.exitCode = 1; });
console.log(JSON.stringify({ clicks: stage.clicks, operations: stage.sent, ...told }));
