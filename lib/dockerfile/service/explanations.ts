/** What instructions, flags and mount keys do, in a line or two. */

export const DIRECTIVES: Readonly<Record<string, string>> = {
  syntax: "The frontend image that reads this file, such as `docker/dockerfile:1`.",
  escape: "The character that continues lines and escapes others: `\\` or, for Windows paths, `` ` ``.",
  check: "Settings of build checks: `skip=` with names or `all`, `error=true` to fail the build on findings.",
};

export const INSTRUCTIONS: Readonly<Record<string, { form: string; text: string }>> = {
  ADD: {
    form: "ADD [flags] SOURCE… DESTINATION",
    text: "Copies files into the image. Unlike COPY it also fetches addresses and Git repositories, and unpacks local tar archives.",
  },
  ARG: {
    form: "ARG NAME[=DEFAULT]…",
    text: "A variable for the time of the build, settable with `--build-arg`. It is not in the image's environment. Before the first FROM it is for FROM lines; a stage that wants it says `ARG NAME` again.",
  },
  CMD: {
    form: 'CMD ["program", "argument"]',
    text: "What a container runs by default, or the default arguments of ENTRYPOINT. Only the last one of a stage counts.",
  },
  COPY: {
    form: "COPY [flags] SOURCE… DESTINATION",
    text: "Copies files into the image: from the build context, or with `--from` out of another stage or image.",
  },
  ENTRYPOINT: {
    form: 'ENTRYPOINT ["program", "argument"]',
    text: "The program a container runs. CMD and the arguments of `docker run` are handed to it.",
  },
  ENV: {
    form: "ENV NAME=VALUE…",
    text: "Sets environment variables, for the instructions that follow and for containers of the image.",
  },
  EXPOSE: {
    form: "EXPOSE PORT[/PROTOCOL]…",
    text: "Says on which ports the program listens. It opens none: that is `docker run -p`.",
  },
  FROM: {
    form: "FROM [--platform=PLATFORM] IMAGE [AS NAME]",
    text: "Begins a stage, on an image, on an earlier stage, or on `scratch`, which is empty.",
  },
  HEALTHCHECK: {
    form: "HEALTHCHECK [flags] CMD COMMAND | NONE",
    text: "How to find out whether a container still does its work; NONE drops the base image's check.",
  },
  LABEL: { form: "LABEL KEY=VALUE…", text: "Notes on the image, for people and for tools." },
  MAINTAINER: {
    form: "MAINTAINER NAME",
    text: "The image's author. Deprecated: `LABEL org.opencontainers.image.authors=` says it now.",
  },
  ONBUILD: {
    form: "ONBUILD INSTRUCTION",
    text: "Holds an instruction back until a stage is built on this one, and runs it there first.",
  },
  RUN: {
    form: "RUN [flags] COMMAND",
    text: "Runs a command in the stage and keeps what it changed in the file system as a layer.",
  },
  SHELL: {
    form: 'SHELL ["program", "argument"]',
    text: "The shell that commands not written as JSON run in, from here on.",
  },
  STOPSIGNAL: {
    form: "STOPSIGNAL SIGNAL",
    text: "The signal that asks a container to end; SIGTERM by default.",
  },
  USER: { form: "USER NAME[:GROUP]", text: "Who runs the commands from here on, and the container." },
  VOLUME: {
    form: 'VOLUME ["/path"]',
    text: "Marks directories whose contents live outside the container. What the build writes there later is lost.",
  },
  WORKDIR: {
    form: "WORKDIR /path",
    text: "The directory that the following instructions and the container start in; made if it is missing.",
  },
};

const OWNER = "Owner of the copied files, `user:group` by name or number. On Linux only.";
const MODE = "Permissions of the copied files, such as `755` or `u=rwX,go=rX`.";
const LINK =
  "Puts the files into a layer that does not depend on those before it, so that it stays cached when they change.";
const EXCLUDE = "Leaves out what matches the pattern. May be given several times.";

export const FLAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ADD: {
    chown: OWNER,
    chmod: MODE,
    link: LINK,
    exclude: EXCLUDE,
    checksum: "Digest that what is fetched must have, or the build fails.",
    "keep-git-dir": "Keeps the `.git` directory of a repository that is fetched.",
    unpack: "Whether archives are unpacked, also those that are fetched.",
  },
  COPY: {
    from: "Where the files come from: a stage's name or number, an image, or a named context. Without it, the build context.",
    chown: OWNER,
    chmod: MODE,
    link: LINK,
    exclude: EXCLUDE,
    parents: "Keeps the directories of the sources; `/./` marks where they begin.",
  },
  FROM: {
    platform:
      "The platform to take the image for. Without it, the build's target; `$BUILDPLATFORM` is the builder's own.",
  },
  HEALTHCHECK: {
    interval: "Time between two checks; 30s by default.",
    timeout: "A check that takes longer has failed; 30s by default.",
    "start-period": "Time to start up, in which failures do not count; 0s by default.",
    "start-interval": "Time between checks while starting up; 5s by default.",
    retries: "Failures in a row until the container is unhealthy; 3 by default.",
  },
  RUN: {
    mount:
      "Something to have in the file system during this command and not in the layer: files of a stage, a cache, a secret.",
    network:
      "`none` cuts the command off, `host` gives it the builder's network, `default` is a network of its own.",
    security: "`insecure` lifts the sandbox, where the builder allows it.",
    device: "Makes a device (CDI) available to the command.",
  },
};

export const MOUNT_TYPES: Readonly<Record<string, string>> = {
  bind: "Files of the build context, a stage or an image, without copying them. Read-only unless `rw`.",
  cache: "A directory that is kept from build to build, for package managers and compilers.",
  tmpfs: "A directory in memory, gone afterwards.",
  secret: "A secret given with `--secret`, as a file or a variable; it leaves no trace in the image.",
  ssh: "The SSH agent given with `--ssh`.",
};

export const MOUNT_KEYS: Readonly<Record<string, { text: string; types: readonly string[] }>> = {
  type: { text: "`bind` (default), `cache`, `tmpfs`, `secret` or `ssh`.", types: [] },
  target: { text: "Where it is mounted. Also written `dst` or `destination`.", types: [] },
  source: {
    text: "What of the source is mounted; its root by default. Also written `src`.",
    types: ["bind", "cache"],
  },
  from: { text: "A stage, an image or a named context to take it from.", types: ["bind", "cache"] },
  rw: {
    text: "Lets the command write; of a bind mount, what is written is dropped. Also `readwrite`.",
    types: ["bind", "cache"],
  },
  ro: { text: "Read-only. Also `readonly`.", types: ["bind", "cache"] },
  id: {
    text: "Its name: which cache is shared, which secret or agent is meant.",
    types: ["cache", "secret", "ssh"],
  },
  sharing: {
    text: "Builds at the same time: `shared`, `private` to each, or `locked` to wait.",
    types: ["cache"],
  },
  mode: { text: "Permissions, octal.", types: ["cache", "secret", "ssh"] },
  uid: { text: "Owner's number; 0 by default.", types: ["cache", "secret", "ssh"] },
  gid: { text: "Group's number; 0 by default.", types: ["cache", "secret", "ssh"] },
  size: { text: "Upper limit of its size.", types: ["tmpfs"] },
  env: { text: "Name of the variable to hold the secret.", types: ["secret"] },
  required: { text: "Fail where it was not given, instead of going on without.", types: ["secret", "ssh"] },
};

/** Other spellings of mount keys. */
export const MOUNT_ALIASES: Readonly<Record<string, string>> = {
  dst: "target",
  destination: "target",
  src: "source",
  readwrite: "rw",
  readonly: "ro",
};

export const PREDEFINED: Readonly<Record<string, string>> = {
  BUILDPLATFORM: "Platform of the builder.",
  BUILDOS: "Operating system of the builder.",
  BUILDARCH: "Architecture of the builder.",
  BUILDVARIANT: "Variant of the builder's architecture.",
  TARGETPLATFORM: "Platform the image is built for.",
  TARGETOS: "Operating system the image is built for.",
  TARGETARCH: "Architecture the image is built for.",
  TARGETVARIANT: "Variant of the architecture the image is built for.",
  TARGETSTAGE: "Name of the stage that is built.",
};
