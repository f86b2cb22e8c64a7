/** The wire form of server-sent events: text in, whole messages out, however the text was cut. */

export interface StreamMessage {
  event: string;
  data: string;
  id: string;
}

/** Feed it the text as it comes; it gives back the messages that are whole by now. Comments fall away. */
export function createStreamReader(): (text: string) => StreamMessage[] {
  let rest = "";
  let event = "";
  let id = "";
  let data: string[] = [];
  return (text) => {
    const messages: StreamMessage[] = [];
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const raw of lines) {
      const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
      if (line === "") {
        if (data.length > 0) messages.push({ event: event || "message", data: data.join("\n"), id });
        else if (event) messages.push({ event, data: "", id });
        event = "";
        data = [];
        continue;
      }
      const colon = line.indexOf(":");
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
      if (field === "event") event = value;
      else if (field === "data") data.push(value);
      else if (field === "id") id = value;
    }
    return messages;
  };
}
