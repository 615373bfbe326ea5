import { objectName } from '../shared/api-object';
import { isObject } from '../shared/checks';
import { LabelRule } from '../shared/label-rule';
import { aBoolean, instanceOf, labels, listOf, PropChecks, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { InstanceTemplateProps } from './bootable-vm-props';
import { GuestNetwork } from './guest-network';

/** How many machines there are that are made alike, and how they are found. */
export interface FleetProps {
  /**
   * How many machines run.
   *
   * @default - KubeVirt's own: 1
   */
  readonly replicas?: number;

  /**
   * Labels by which it knows its machines, which get them. They stay as they are.
   *
   * @default - a label of KubeVirt with its name
   */
  readonly selector?: { readonly [key: string]: string };

  /**
   * Conditions on the labels of its machines, beside the `selector`. They stay as they are, and its own machines must fulfil them.
   *
   * @default - none
   */
  readonly selectorRules?: LabelRule[];

  /**
   * Whether nothing is made and deleted for the time being.
   *
   * @default false
   */
  readonly paused?: boolean;
}

/** What `FleetProps` must be. */
export const FLEET_PROPS: PropChecks<FleetProps> = {
  replicas: wholeNumber(0),
  selector: labels,
  selectorRules: listOf(instanceOf(LabelRule, "LabelRule.exists('web')")),
  paused: aBoolean,
};

/** The labels by which a fleet knows its machines; its props are not checked yet. */
export function selectorOf(id: string, props: FleetProps, label: string): { [key: string]: string } {
  const { selector } = isObject(props) ? (props as FleetProps) : {};
  if (isObject(selector)) return { ...(selector as Record<string, string>) };
  return { [label]: objectName(id, isObject(props) ? props : {}) };
}

/** The props of what it makes: they have the labels by which they are found. */
export function labelled<P extends InstanceTemplateProps>(props: P, selector: { readonly [key: string]: string }): P {
  return { ...props, templateLabels: { ...props.templateLabels, ...selector } };
}

/** The `selector` of a fleet. */
export function renderSelector(
  selector: { readonly [key: string]: string },
  { selectorRules }: FleetProps,
): { readonly matchLabels: { [key: string]: string }; readonly matchExpressions?: LabelRequirement[] } {
  const matchExpressions = selectorRules?.map((rule) => rule._render() as unknown as LabelRequirement);
  return { matchLabels: { ...selector }, matchExpressions };
}

interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[];
}

/**
 * Notes conditions that the machines' own labels do not fulfil: vmpool-admitter.go, ValidateVMPoolSpec, and vmirs-admitter.go,
 * ValidateVMIRSSpec (v1.9.0).
 */
export function checkSelectorRules(
  faults: Faults,
  { selectorRules }: FleetProps,
  machineLabels: { readonly [key: string]: string },
): void {
  if (!Array.isArray(selectorRules)) return;
  selectorRules.forEach((rule, index) => {
    if (!(rule instanceof LabelRule) || rule._matches(machineLabels)) return;
    faults.add(`selectorRules[${index}]`, 'be fulfilled by the labels of its machines', machineLabels);
  });
}

/** Notes a selector that finds nothing, and a label that says otherwise. */
export function checkSelector(
  faults: Faults,
  selector: { readonly [key: string]: string },
  given: { readonly [property: string]: unknown },
): void {
  if (Object.keys(selector).length === 0) faults.add('selector', 'hold a label', selector);
  for (const [property, map] of Object.entries(given)) {
    for (const [key, value] of Object.entries(isObject(map) ? map : {})) {
      if (!Object.hasOwn(selector, key) || selector[key] === value) continue;
      faults.add(
        `${property}[${JSON.stringify(key)}]`,
        `be that of the selector (${JSON.stringify(selector[key])})`,
        value,
      );
    }
  }
}

/** Notes a hardware address that all machines would have, where they are more than one. */
export function checkFleetNetworks(
  faults: Faults,
  { replicas = 1, networks }: FleetProps & InstanceTemplateProps,
): void {
  if (!Array.isArray(networks) || !(replicas > 1)) return;
  networks.forEach((network, index) => {
    const address = network instanceof GuestNetwork ? network._render().iface.macAddress : undefined;
    if (address === undefined) return;
    faults.add(`networks[${index}]`, `have no 'macAddress' for ${replicas} machines, which would all have it`, address);
  });
}
