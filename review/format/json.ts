import { jsonPieces } from '../../constructs/shared/json-pieces';
import { Finding } from '../finding';
import { Format, Reviewed } from './reviewed';

/** For programs: the whole report, with the lines that are known. */
export const json: Format = function* (reviewed) {
  const { report, faults, kustomize } = reviewed;
  const shown = {
    findings: placed(report.findings, reviewed),
    accepted: placed(report.accepted, reviewed),
    unchecked: report.unchecked,
    faults,
    objects: report.objects,
    ...(kustomize === undefined ? {} : { kustomize }),
    release: report.release,
    upgrades: report.upgrades,
    schemas: report.schemas,
    admission: report.admission,
    ...(reviewed.sources === undefined ? {} : { sources: reviewed.sources }),
    ...(reviewed.scope === undefined ? {} : { scope: reviewed.scope }),
  };
  yield* jsonPieces(shown);
  yield '\n';
};

function* placed(findings: readonly Finding[], { place }: Reviewed): Generator<object> {
  for (const finding of findings) yield { ...finding, ...place(finding) };
}
