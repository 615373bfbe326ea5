import { KindRules, Rule } from '../../rule';

/** The rules of a kind of which a folder mostly holds no object: they are loaded when they are first asked for. */
export function late(apiGroup: string, kind: string, load: () => readonly Rule[]): KindRules {
  return {
    apiGroup,
    kind,
    get rules() {
      return load();
    },
  };
}
