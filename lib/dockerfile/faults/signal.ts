import { toUpper } from "../characters";

const SIGNALS = new Set(
  (
    "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP " +
    "TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX"
  ).split(" "),
);

/** moby/sys/signal, ParseSignal: any number but 0, or a name with or without SIG. */
export function signalFault(text: string): string | null {
  if (/^[-+]?\d{1,18}$/.test(text)) return Number(text) === 0 ? `invalid signal: ${text}` : null;
  const name = toUpper(text).replace(/^SIG/, "");
  const realTime = /^RT(?:MIN\+(?:[1-9]|1[0-5])|MAX-(?:[1-9]|1[0-4]))$/.test(name);
  return SIGNALS.has(name) || realTime ? null : `invalid signal: ${text}`;
}
