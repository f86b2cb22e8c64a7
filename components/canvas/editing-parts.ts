/** What the canvas needs of those who edit, put into its state by ./editing-overlays once that is loaded. */
import type { ConnectionLineComponent, OnConnectEnd, OnConnectStart } from "@xyflow/react";
import type { ComponentType } from "react";
import type { planRename } from "@/lib/dockerfile/service";
import type { dragStage } from "./card-menu/stage-drag";
import type { EdgeEndsProps } from "./edges/pulled-end";
import type { Stores } from "./edges/stores";
import type { FlowNode } from "./flow-types";
import type { RemovalPlan } from "./removal";
import type { RenameField } from "./rename-field";
import type { dragRow } from "./rows/row-drag";

export interface EditingParts {
  onConnectStart: OnConnectStart;
  onConnectEnd: OnConnectEnd;
  ConnectionLine: ConnectionLineComponent<FlowNode>;
  /** The ends of an edge that is looked at, to be pulled elsewhere. */
  EdgeEnds: ComponentType<EdgeEndsProps>;
  RenameField: typeof RenameField;
  dragStage: typeof dragStage;
  dragRow: typeof dragRow;
  planRemoval(stores: Stores): RemovalPlan;
  /** Of a variable, wherever it is used. */
  planRename: typeof planRename;
}
