/** The interface for programs, described (OpenAPI 3.1): one row for each method of each route, schemas from where they are used. */
import { z } from "zod";
import { buildEventSchema } from "../build/events";
import { documentFiguresSchema } from "../build/figures";
import { filesEventSchema, filesOverviewSchema, filesPageSchema } from "../build/files/wire";
import { runEventSchema, runRequestSchema } from "../build/run";
import * as answers from "../share/answers";
import * as documents from "../share/document";
import * as hosts from "../share/hosts";
import { RECORD_TYPE, recordHeadSchema } from "../share/record-file";
import * as requests from "../share/requests";
import { MAX_DOCUMENTS, MAX_LINKS } from "../share/server/limits";

interface Operation {
  method: "get" | "post" | "put" | "delete";
  path: string;
  summary: string;
  /** What is sent. */
  body?: z.ZodType | { type: string; each?: z.ZodType };
  query?: Record<string, string>;
  status?: number;
  /** What comes back; nothing where absent. */
  answer?: z.ZodType | { type: string; each?: z.ZodType };
  /** Refusals beyond the usual ones. */
  refusals?: Record<number, string>;
}

const BYTES = { type: "application/octet-stream" };
const ARCHIVE = { type: "application/zip, application/x-tar, application/gzip" };
const EVENTS = { type: "text/event-stream", each: buildEventSchema };
/** Packed; what stands in it line by line. */
const RECORD = { type: RECORD_TYPE, each: z.union([recordHeadSchema, buildEventSchema]) };
const NOT_OVER = { 409: "The build has not ended yet." };
const CONTEXT_USE = "“named”: not as the build context, but for builds to take by name; without it “main”";
const TOO_MANY_DOCUMENTS = `The visitor has ${MAX_DOCUMENTS} documents.`;
const NO_RIGHT = { 403: "This browser may not build here." };
const NO_HOST_RIGHT = { 403: "This browser may not change the build hosts here." };

export const operations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/documents",
    summary: "The visitor’s documents",
    answer: z.array(answers.documentListingSchema),
  },
  {
    method: "post",
    path: "/api/documents",
    summary: "Make a document, of a text or from a template",
    body: requests.newDocumentSchema,
    status: 201,
    answer: documents.documentViewSchema,
    refusals: { 409: TOO_MANY_DOCUMENTS, 413: "The text is too large." },
  },
  { method: "get", path: "/api/documents/{id}", summary: "A document", answer: documents.documentViewSchema },
  { method: "delete", path: "/api/documents/{id}", summary: "Remove a document, its builds and links" },
  {
    method: "post",
    path: "/api/documents/{id}/updates",
    summary: "Save a Yjs update; answers with what the sender lacks",
    body: BYTES,
    query: { sv: "State vector of the sender, base64" },
    answer: BYTES,
  },
  {
    method: "get",
    path: "/api/documents/{id}/context",
    summary: "The files of the build context",
    answer: answers.contextViewSchema,
  },
  {
    method: "put",
    path: "/api/documents/{id}/context",
    summary: "Attach a build context: a zip, a tar or a tar.gz",
    body: ARCHIVE,
    query: { name: "What to call it", use: CONTEXT_USE },
    answer: documents.contextSummarySchema,
    refusals: { 413: "The context is too large.", 422: "The archive is damaged or unsafe." },
  },
  {
    method: "post",
    path: "/api/documents/{id}/context",
    summary: "Attach the files of a template, or of a Git repository that the server fetches",
    body: requests.contextSourceSchema,
    answer: answers.takenContextSchema,
    refusals: {
      400: "The address is not https, or cannot be used.",
      403: "This browser may not build here, or the repository is private.",
      413: "The repository is too large.",
      503: "The repository cannot be asked for.",
    },
  },
  { method: "delete", path: "/api/documents/{id}/context", summary: "Take the build context away" },
  {
    method: "post",
    path: "/api/documents/{id}/context/files",
    summary: "Attach files by the hashes of their contents, or learn which contents to send first",
    body: requests.contextFilesSchema,
    query: { use: CONTEXT_USE },
    answer: answers.attachedFilesSchema,
    refusals: { 413: "The context is too large.", 422: "A path is unsafe." },
  },
  {
    method: "put",
    path: "/api/documents/{id}/context/ignore-file",
    summary: "Write the ignore file of the build context; the rest of it stays as it is",
    body: requests.ignoreFileSchema,
    answer: documents.contextSummarySchema,
    refusals: { 409: "Another build context was attached meanwhile.", 413: "The context is too large." },
  },
  {
    method: "get",
    path: "/api/documents/{id}/context/named",
    summary: "What was sent for builds to take by name: their options name it as attached:ID",
    answer: z.array(documents.contextSummarySchema),
  },
  {
    method: "put",
    path: "/api/documents/{id}/context/contents",
    summary:
      "Send contents, one behind another: of each its SHA-256 (32 bytes), its length (8 bytes, the highest first) and itself",
    body: BYTES,
    refusals: { 409: "A content is not what its hash says.", 413: "The contents are too large." },
  },
  {
    method: "get",
    path: "/api/documents/{id}/builds",
    summary: "Builds of a document, newest first",
    answer: z.array(documents.buildSummarySchema),
  },
  {
    method: "post",
    path: "/api/documents/{id}/builds",
    summary: "Build the document as it is saved",
    body: requests.newBuildSchema,
    status: 201,
    answer: documents.buildSummarySchema,
    refusals: {
      ...NO_RIGHT,
      400: "An ssh key is none, or not opened by its passphrase.",
      409: "A build of the document is still running, or this server lends no ssh agent.",
      503: "The host cannot be reached.",
    },
  },
  {
    method: "post",
    path: "/api/documents/{id}/builds/import",
    summary:
      "Add a build from its record (gzip of JSON lines: a head, then its events), at most 32 MiB packed and 128 MiB unpacked; it can be looked at only",
    body: RECORD,
    status: 201,
    answer: documents.buildSummarySchema,
    refusals: {
      409: "The document keeps as many imported builds as it can.",
      413: "The record is too large.",
      415: "It is not sent as gzip, or is of a newer version.",
      422: "It is not a record of a build, or damaged.",
    },
  },
  {
    method: "get",
    path: "/api/documents/{id}/revisions",
    summary:
      "Earlier texts of a document, newest first: of every ten minutes of editing, and what was shared",
    answer: z.array(answers.revisionListingSchema),
  },
  {
    method: "get",
    path: "/api/documents/{id}/revisions/{revision}",
    summary: "An earlier text of a document",
    answer: answers.revisionSchema,
  },
  {
    method: "get",
    path: "/api/documents/{id}/links",
    summary: "Links to a document",
    answer: z.array(answers.linkViewSchema),
  },
  {
    method: "post",
    path: "/api/documents/{id}/links",
    summary: "Make a link that lets others read",
    status: 201,
    answer: answers.linkViewSchema,
    refusals: { 409: `There are ${MAX_LINKS} links to the document.` },
  },
  { method: "delete", path: "/api/documents/{id}/links/{token}", summary: "Revoke a link" },
  {
    method: "get",
    path: "/api/builds/{id}",
    summary: "A build, with the text it was made from",
    answer: answers.buildDetailSchema,
  },
  {
    method: "get",
    path: "/api/builds/{id}/context",
    summary: "The files of the build context that it was made from",
    answer: answers.contextViewSchema,
  },
  {
    method: "get",
    path: "/api/builds/{id}/record",
    summary:
      "A build as one file: gzip of JSON lines, a head and then its events, with its log and without secrets",
    answer: RECORD,
    refusals: NOT_OVER,
  },
  {
    method: "get",
    path: "/api/builds/{id}/events",
    summary: "What happens in a build, from any event on to its end",
    query: { after: "Number of the last event already known" },
    answer: EVENTS,
  },
  { method: "post", path: "/api/builds/{id}/cancel", summary: "Ask a build to stop", status: 202 },
  {
    method: "get",
    path: "/api/documents/{id}/figures",
    summary: "What the steps of the document’s builds took and weigh, and what came from the cache",
    answer: documentFiguresSchema,
  },
  {
    method: "get",
    path: "/api/shared/{token}/figures",
    summary: "The same of a shared document",
    answer: documentFiguresSchema,
  },
  {
    method: "get",
    path: "/api/builds/{id}/why",
    summary: "Why each step ran and did not come from the cache",
    answer: answers.stepReasonsSchema,
  },
  {
    method: "post",
    path: "/api/builds/{id}/run",
    summary: "Run what was built in a bounded container, and follow it",
    body: runRequestSchema,
    answer: { type: "application/x-ndjson", each: runEventSchema },
    refusals: { ...NO_RIGHT, 409: "There is nothing to run, or it runs already." },
  },
  {
    method: "get",
    path: "/api/builds/{id}/image",
    summary: "The image that was built, as docker save writes it; from engine 25.0 on an OCI layout too",
    answer: { type: "application/x-tar" },
    refusals: { ...NO_RIGHT, 413: "The image is too large to go through the server." },
  },
  {
    method: "get",
    path: "/api/builds/{id}/files/{stage}",
    summary: "What a stage’s image holds: its layers, and what is wasted in them",
    answer: filesOverviewSchema,
    refusals: { 404: "There is no such build, or the stage was not read yet." },
  },
  {
    method: "post",
    path: "/api/builds/{id}/files/{stage}",
    summary: "Have a stage’s image read on the build host, and follow that",
    answer: { type: "application/x-ndjson", each: filesEventSchema },
    refusals: { ...NO_RIGHT, 409: "The build has not ended.", 429: "Too many images are being read." },
  },
  {
    method: "get",
    path: "/api/builds/{id}/files/{stage}/list",
    summary: "Files of a stage or of one of its layers, largest first, 500 at a time",
    query: {
      layer: "From 0; without, the whole stage against its base",
      path: "Of a folder; without, the root",
      find: "Words in the path, in place of a folder",
      from: "How many to pass over",
    },
    answer: filesPageSchema,
  },
  {
    method: "get",
    path: "/api/shared/{token}",
    summary: "A shared document",
    answer: documents.documentViewSchema,
  },
  {
    method: "post",
    path: "/api/shared/{token}/fork",
    summary: "Copy a shared document",
    status: 201,
    answer: documents.documentViewSchema,
    refusals: { 409: TOO_MANY_DOCUMENTS },
  },
  {
    method: "get",
    path: "/api/shared/{token}/builds",
    summary: "Builds of a shared document",
    answer: z.array(documents.buildSummarySchema),
  },
  {
    method: "get",
    path: "/api/shared/{token}/builds/{id}",
    summary: "A build of a shared document",
    answer: answers.buildDetailSchema,
  },
  {
    method: "get",
    path: "/api/shared/{token}/builds/{id}/events",
    summary: "What happens in a build of a shared document",
    query: { after: "Number of the last event already known" },
    answer: EVENTS,
  },
  {
    method: "get",
    path: "/api/shared/{token}/builds/{id}/record",
    summary: "A build of a shared document as one file",
    answer: RECORD,
    refusals: NOT_OVER,
  },
  {
    method: "get",
    path: "/api/templates",
    summary: "Templates",
    answer: z.array(answers.templateViewSchema),
  },
  {
    method: "get",
    path: "/api/host",
    summary: "A build host, and how it is now",
    query: { id: "Of the host; without, the one that builds go to by themselves" },
    answer: hosts.hostViewSchema,
  },
  {
    method: "post",
    path: "/api/host/test",
    summary: "How a build host answers that is not set up yet",
    body: hosts.hostSettingSchema,
    answer: hosts.hostViewSchema,
    refusals: NO_HOST_RIGHT,
  },
  {
    method: "get",
    path: "/api/hosts",
    summary: "Build hosts as they were last seen, and how many builds they have",
    answer: hosts.hostListSchema,
  },
  {
    method: "post",
    path: "/api/hosts",
    summary: "Add a build host; keys and certificates are named by their path on the server",
    body: hosts.hostSettingSchema,
    status: 201,
    answer: hosts.hostViewSchema,
    refusals: { ...NO_HOST_RIGHT, 409: "There is a host of that name." },
  },
  {
    method: "put",
    path: "/api/hosts/{id}",
    summary: "Change a build host that was added on the page: what is left out stays, null is taken away",
    body: hosts.hostChangeSchema,
    answer: hosts.hostViewSchema,
    refusals: {
      ...NO_HOST_RIGHT,
      409: "It was set up by whoever runs the server, builds run there, or there is a host of that name.",
    },
  },
  {
    method: "delete",
    path: "/api/hosts/{id}",
    summary: "Remove a build host that was added on the page",
    refusals: { ...NO_HOST_RIGHT, 409: "It was set up by whoever runs the server, or builds run there." },
  },
  {
    method: "post",
    path: "/api/hosts/{id}/default",
    summary: "Make it the host that builds go to by themselves",
    refusals: NO_HOST_RIGHT,
  },
  {
    method: "get",
    path: "/api/host/images",
    summary: "Images on a build host",
    query: { host: "Of the host; without, the one that builds go to by themselves" },
    answer: z.array(answers.hostImageSchema),
    refusals: NO_RIGHT,
  },
  {
    method: "get",
    path: "/api/images/tags",
    summary: "Tags of an image, asked of its registry",
    query: {
      image: "As in FROM",
      wish: "What the tag begins with",
      host: "For whose platform sizes are meant",
    },
    answer: answers.tagListSchema,
    refusals: NO_RIGHT,
  },
  { method: "get", path: "/api/limits", summary: "What is allowed at most", answer: answers.limitsSchema },
  { method: "get", path: "/api/openapi", summary: "This description", answer: { type: "application/json" } },
];

/** `version` is the product's. */
export function describeApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method] = describe(operation);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Stagecraft",
      version,
      description:
        "A visitor is known by a cookie that the first document brings; keep it, and the documents are yours. Where the server listens beyond loopback, building takes the cookie of whoever opened it with ?key=….",
    },
    paths,
    components: { schemas: { Problem: schemaOf(documents.problemSchema) } },
  };
}

function describe({ method, path, summary, body, query, status = 200, answer, refusals }: Operation): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...Object.entries(query ?? {}).map(([name, description]) => ({
      name,
      in: "query",
      description,
      schema: { type: "string" },
    })),
  ];
  const problem = { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const refused = { ...(names.length > 0 ? { 404: "There is no such thing here." } : {}), ...refusals };
  return {
    operationId: `${method}${path.replace(/^\/api/, "").replace(/[/{}]+(\w)?/g, (_, letter = "") => letter.toUpperCase())}`,
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: contentOf(body, "input") } } : {}),
    responses: {
      [answer ? status : status === 200 ? 204 : status]: {
        description: answer ? "Done" : "Done; nothing to say",
        ...(answer ? { content: contentOf(answer, "output") } : {}),
      },
      ...Object.fromEntries(
        Object.entries(refused).map(([code, description]) => [code, { description, content: problem }]),
      ),
    },
  };
}

function contentOf(what: z.ZodType | { type: string; each?: z.ZodType }, io: "input" | "output"): object {
  if (what instanceof z.ZodType) return { "application/json": { schema: schemaOf(what, io) } };
  if (what.each) {
    const schema = {
      type: "string",
      contentMediaType: "application/json",
      contentSchema: schemaOf(what.each, io),
    };
    return { [what.type]: { schema } };
  }
  return { [what.type]: {} };
}

function schemaOf(schema: z.ZodType, io: "input" | "output" = "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
