/** The floor: React Flow itself, showing as many cards and edges as the product does, each a plain box. */
import "@xyflow/react/dist/style.css";
import { ReactFlow } from "@xyflow/react";
import { createRoot } from "react-dom/client";

const { cards, edges } = JSON.parse(document.getElementById("shown")!.textContent!) as {
  cards: { id: string; x: number; y: number }[];
  edges: { source: string; target: string }[];
};

createRoot(document.getElementById("root")!).render(
  <ReactFlow
    defaultNodes={cards.map(({ id, x, y }) => ({ id, position: { x, y }, data: { label: id } }))}
    defaultEdges={edges.map((edge, index) => ({ id: `${index}`, ...edge }))}
    fitView
    panOnScroll
    minZoom={0.08}
  />,
);
