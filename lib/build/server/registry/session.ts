/**
 * Questions to one registry, with the token that it wants (distribution/distribution, docs/spec/auth/token.md).
 * Anonymous: what needs a login is said to be so.
 */
import { z } from "zod";
import { get, type RegistryAnswer } from "./request";

const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

export class LoginError extends Error {
  readonly code = "LOGIN";
}

export class RegistrySession {
  private token: Promise<string> | null = null;

  constructor(
    /** With its port, as `docker.io` is reached: registry-1.docker.io */
    readonly host: string,
    private readonly trusted: (host: string) => boolean,
    private readonly signal: AbortSignal,
  ) {}

  /** `path` begins with /v2/; any status but "log in first" comes back as it is. */
  async get(path: string, accept: string): Promise<RegistryAnswer> {
    const url = new URL(`${this.plain ? "http" : "https"}://${this.host}${path}`);
    const ask = async () => {
      const token = await this.token;
      const headers = { accept, ...(token && { authorization: `Bearer ${token}` }) };
      return get(url, headers, this.trusted, this.signal);
    };
    const answer = await ask();
    if (answer.status !== 401) return answer;
    this.token ??= this.fetchToken(answer.headers["www-authenticate"] ?? "");
    const second = await ask();
    if (second.status === 401) throw new LoginError();
    return second;
  }

  /** As Docker: a registry on loopback is asked without TLS. */
  private get plain(): boolean {
    return this.trusted(this.host) && /^(localhost|127\.|\[::1\])/.test(this.host);
  }

  private async fetchToken(challenge: string): Promise<string> {
    const part = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(challenge)?.[1];
    const realm = part("realm");
    if (!/^Bearer /i.test(challenge) || !realm || !URL.canParse(realm)) throw new LoginError();
    const url = new URL(realm);
    if (url.protocol !== "https:" && !this.plain) throw new LoginError();
    for (const key of ["service", "scope"]) {
      const value = part(key);
      if (value !== undefined) url.searchParams.set(key, value);
    }
    const { status, body } = await get(url, { accept: "application/json" }, this.trusted, this.signal);
    if (status !== 200) throw new LoginError();
    const { token, access_token } = tokenSchema.parse(JSON.parse(body));
    return token ?? access_token ?? "";
  }
}
