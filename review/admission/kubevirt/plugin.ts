import { posix } from 'node:path';
import { childIn, objectsAt, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { whileGateIsOn } from '../shared/gate-rule';
import { topic } from '../shared/topic';
import { must } from '../shared/wording';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/plugin-admitter.go';
const SINCE = 'v1.9.0';

/** Rules for Plugins. Their expressions in CEL are not compiled. */
export const PLUGIN_RULES: readonly Rule[] = topic({ kinds: ['Plugin'] }, [
  {
    id: 'plugin-gate',
    since: SINCE,
    sentence: 'A plugin is made while its feature gate is on.',
    source: `${FILE}:Admit`,
    check: whileGateIsOn('Plugin', 'Plugins'),
  },
  {
    id: 'plugin-socket-path',
    since: SINCE,
    sentence: "The path of a sidecar's socket is clean.",
    source: `${FILE}:validateSidecarSocketPaths`,
    check: ({ object }, note) => {
      objectsAt(object, 'spec', 'domainHooks').forEach((hook, index) => {
        const sidecar = childIn(hook, 'sidecar');
        const path = textIn(sidecar, 'socketPath');
        if (sidecar === undefined || isClean(path)) return;
        const message = must('socketPath', "be a clean path, without '.', '..' and doubled slashes", path);
        note(`spec.domainHooks[${index}].sidecar.socketPath`, message);
      });
    },
  },
]);

/** Whether Go's filepath.Clean leaves a path as it is. */
function isClean(path: string): boolean {
  return path !== '' && posix.normalize(path).replace(/(.)\/$/, '$1') === path;
}
