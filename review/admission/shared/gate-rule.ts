import { gateIsOn } from '../../cluster/config';
import { Rule } from '../../rule';
import { listGate, needsGate } from './wording';

/** The check that objects of a kind are made only while a feature gate is on. */
export function whileGateIsOn(kind: string, gate: string): Rule['check'] {
  return ({ old, config }, note) => {
    if (old !== undefined || gateIsOn(config, gate)) return;
    note('kind', needsGate(kind, gate), listGate(gate));
  };
}
