// PostGraphile 5 on the benchmark's database: what a team would pick instead of
// a service of its own. It reads the same rows as the service does: the same
// role, under the same row-level security, with the settings that the opening
// statement would set. It is given those by token instead of asking the database
// who calls, which is in its favour.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";
import { pgSmartTags } from "postgraphile/utils";

const tokens = JSON.parse(readFileSync(process.env.BENCH_TOKENS, "utf8"));

const preset = {
  extends: [PostGraphileAmberPreset],
  // By itself it orders by indexed columns only; a board is shown in its order.
  plugins: [pgSmartTags([{ kind: "attribute", match: "standing.position", tags: { behavior: "attribute:orderBy orderBy" } }])],
  pgServices: [
    makePgService({
      connectionString: process.env.BENCH_DSN,
      schemas: ["public", "bench"],
      pubsub: false,
      poolConfig: { max: 16 },
    }),
  ],
  grafserv: { graphiql: false, websockets: false, maxRequestLength: 1_000_000 },
  grafast: {
    explain: false,
    context(requestContext) {
      const header = requestContext.node?.req.headers.authorization ?? "";
      const settings = tokens[header.replace(/^Bearer /, "")];
      if (!settings) throw new Error("unknown token");
      return { pgSettings: settings };
    },
  },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(Number(process.env.BENCH_PORT), "127.0.0.1");
