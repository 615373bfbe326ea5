import { isObject } from '../shared/checks';
import { PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { addKind } from '../shared/refusal';

/** How much KubeVirt's programs write into their logs: from 0, little, to 9. */
export interface LogVerbosity {
  /**
   * Of `virt-api`.
   *
   * @default - KubeVirt's own: 2
   */
  readonly virtApi?: number;

  /**
   * Of `virt-controller`.
   *
   * @default - KubeVirt's own: 2
   */
  readonly virtController?: number;

  /**
   * Of `virt-handler`.
   *
   * @default - KubeVirt's own: 2
   */
  readonly virtHandler?: number;

  /**
   * Of `virt-launcher`, which is in the pod of a VM.
   *
   * @default - KubeVirt's own: 2
   */
  readonly virtLauncher?: number;

  /**
   * Of `virt-operator`.
   *
   * @default - KubeVirt's own: 2
   */
  readonly virtOperator?: number;

  /**
   * Of `virt-handler` on some nodes, by their names.
   *
   * @default - that of `virtHandler`
   */
  readonly nodes?: { readonly [node: string]: number };
}

const verbosity = wholeNumber(0);

const ofNodes: PropCheck = (faults, property, value) => {
  if (isObject(value))
    for (const [node, number] of Object.entries(value)) verbosity(faults, `${property}.${node}`, number);
  else addKind(faults, property, 'be an object of numbers by the name of a node', value);
};

/** What `LogVerbosity` must be. */
export const LOG_VERBOSITY: PropChecks<LogVerbosity> = {
  virtApi: verbosity,
  virtController: verbosity,
  virtHandler: verbosity,
  virtLauncher: verbosity,
  virtOperator: verbosity,
  nodes: ofNodes,
};

/** The `logVerbosity` of a KubeVirt object, by the names of its generated class. */
export function renderVerbosity({ nodes, ...programs }: LogVerbosity): Record<string, unknown> {
  return { ...programs, nodeVerbosity: nodes && { ...nodes } };
}
