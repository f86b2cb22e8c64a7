/** The floor of a key: Monaco itself with the same text and options, and nothing of the product around it. */
import { OPTIONS } from "../components/code/monaco/options";
import { LANGUAGE, monaco } from "../components/code/monaco/setup";

self.MonacoEnvironment = { getWorker: () => new Worker("/worker.js") };
const text = JSON.parse(document.getElementById("shown")!.textContent!) as string;
const model = monaco.editor.createModel(text, LANGUAGE);
const root = document.getElementById("root")!;
root.style.width = "460px";
monaco.editor.create(root, { ...OPTIONS, model });
model.updateOptions({
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
});
