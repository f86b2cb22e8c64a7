import ssh2 from "ssh2";

/**
 * A new Ed25519 key that can be read. ssh2 writes one in 128 a byte short (a half of it that begins with zero), which
 * neither it nor OpenSSH reads.
 */
export function newEd25519(options: { passphrase: string; cipher: string; rounds: number } | null = null) {
  for (;;) {
    const made = options
      ? ssh2.utils.generateKeyPairSync("ed25519", options)
      : ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(made.private, options?.passphrase) instanceof Error)) return made;
  }
}
