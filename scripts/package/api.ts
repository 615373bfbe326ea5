import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

/** The reports by entry point: its declarations in lib/. */
const REPORTS = {
  'cdk8s-kubevirt': 'constructs/index.d.ts',
  review: 'review/index.d.ts',
  inventory: 'review/inventory/index.d.ts',
  code: 'code/index.d.ts',
} as const;

const ROOT = join(__dirname, '..', '..');

/**
 * `npm run api`: writes the public surface of the package, as it was last built, to docs/surface/, a text file an entry point.
 * With `--check` it writes nothing and fails where the surface is not what is committed.
 */
function main(check: boolean): void {
  const folder = join(ROOT, 'docs', 'surface');
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const changed = Object.entries(REPORTS).filter(([name, entry]) => !report(name, entry, folder, scratch, check));
    if (changed.length === 0) return;
    console.error(
      `the public surface is not what docs/surface/ says: ${changed.map(([name]) => name).join(', ')}; run 'npm run api'`,
    );
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Whether the report is as it was, or was written. */
function report(name: string, entry: string, folder: string, scratch: string, check: boolean): boolean {
  const path = join(ROOT, 'lib', entry);
  if (!existsSync(path)) throw new Error(`[api] ${path} does not exist; run 'npm run build' first`);
  const none = { logLevel: ExtractorLogLevel.None };
  const extractorConfig = ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: path,
      compiler: { tsconfigFilePath: join(ROOT, 'tsconfig.build.json') },
      apiReport: { enabled: true, reportFileName: `${name}.api.md`, reportFolder: folder, reportTempFolder: scratch },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: none,
          'ae-forgotten-export': { ...none, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: none },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, 'package.json'),
  });
  const { succeeded, apiReportChanged } = Extractor.invoke(extractorConfig, { localBuild: !check });
  if (!succeeded && !apiReportChanged) throw new Error(`[api] the surface of ${name} cannot be read; see above`);
  return succeeded;
}

main(process.argv.includes('--check'));
