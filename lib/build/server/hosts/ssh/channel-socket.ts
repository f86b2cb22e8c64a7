/** A channel of an ssh connection as a connection of its own: what Node's http asks of one, and an end that is told. */
import { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";

export class ChannelSocket extends Duplex {
  constructor(private readonly channel: ClientChannel) {
    super({ allowHalfOpen: true });
    channel.on("data", (part: Buffer) => {
      if (!this.push(part)) channel.pause();
    });
    channel.on("end", () => this.push(null));
    channel.on("error", (error: Error) => this.destroy(error));
    channel.on("close", () => this.destroy());
  }

  /** The connection that the channel is of is gone: a channel does not say so itself. */
  lose(): void {
    this.destroy(Object.assign(new Error("The ssh connection was lost."), { code: "ECONNRESET" }));
  }

  override _read(): void {
    this.channel.resume();
  }

  override _write(part: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.channel.write(part)) done();
    else this.channel.once("drain", () => done());
  }

  override _final(done: () => void): void {
    this.channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.channel.close();
    done(error);
  }

  // What a socket has and a channel has no need of: the ssh connection is kept alive as a whole.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
