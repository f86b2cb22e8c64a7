import { serve } from "@hono/node-server";
import { app } from "./app.js";

const server = serve({ fetch: app.fetch, port: 8080 }, ({ port }) => console.log(`listening on ${port}`));

// As process 1 of a container, Node.js has no default answer to Ctrl-C and docker stop.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.close());
