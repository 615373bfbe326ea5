import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** Checks the types of one file again and again, each time with another text, while all others stay as they are. */
export class TypeCheck {
  private readonly texts = new Map<string, string>();
  private readonly versions = new Map<string, number>();
  private readonly service: ts.LanguageService;

  /** @param files whose text will change */
  public constructor(root: string, files: readonly string[]) {
    const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'));
    const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: [] }, ts.sys, root);
    const roots = files.map((file) => path.resolve(file));
    const textOf = (file: string): string | undefined => this.texts.get(file) ?? ts.sys.readFile(file);
    this.service = ts.createLanguageService({
      getScriptFileNames: () => roots,
      getScriptVersion: (file) => String(this.versions.get(file) ?? 0),
      getScriptSnapshot: (file) => {
        const text = textOf(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getCompilationSettings: () => options,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  }

  /** Whether a file with this text in its place has an error of its own. */
  public fails(file: string, text: string): boolean {
    const name = path.resolve(file);
    this.set(name, text);
    const found = [...this.service.getSyntacticDiagnostics(name), ...this.service.getSemanticDiagnostics(name)];
    this.set(name, undefined);
    return found.some(({ category }) => category === ts.DiagnosticCategory.Error);
  }

  private set(name: string, text: string | undefined): void {
    if (text === undefined) this.texts.delete(name);
    else this.texts.set(name, text);
    this.versions.set(name, (this.versions.get(name) ?? 0) + 1);
  }
}
