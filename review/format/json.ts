import { printableJson } from '../../constructs/shared/printable';
import { Finding } from '../finding';
import { Format, Reviewed } from './reviewed';

/** For programs: the whole report, with the lines that are known. */
export const json: Format = (reviewed) => {
  const { report, faults, kustomize } = reviewed;
  const shown = {
    findings: report.findings.map((finding) => placed(finding, reviewed)),
    accepted: report.accepted.map((finding) => placed(finding, reviewed)),
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
  return `${printableJson(shown)}\n`;
};

function placed(finding: Finding, { place }: Reviewed): object {
  return { ...finding, ...place(finding) };
}
