import * as path from 'node:path';
import * as ts from 'typescript';
import { NodeType } from '../../review/schema/node';
import { FILLED_IN } from './core-defaults';
import { NodeTable } from './node-table';

/**
 * The kinds of Kubernetes itself that the review knows: what stands beside virtual machines in a folder of manifests.
 * By API version; `!` marks what stands in no namespace.
 */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    ...['!Namespace', '!PersistentVolume', 'ConfigMap', 'Endpoints', 'LimitRange', 'PersistentVolumeClaim', 'Pod'],
    ...['ReplicationController', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'],
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['!IngressClass', 'Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['!ClusterRole', '!ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['!PriorityClass'],
  'storage.k8s.io/v1': ['!CSIDriver', '!StorageClass'],
};

/** Fields of Go type []byte, which JSON holds as base64: k8s.io/api/core/v1/types.go. */
const BYTES = ['v1/Secret.data', 'v1/ConfigMap.binaryData'];

/** One kind of Kubernetes itself. */
export interface CoreKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly node: number;
}

/** Kubernetes' own kinds, and ObjectMeta, from the types that kubernetes-models generates from its OpenAPI document. */
export function compileCore(table: NodeTable, root: string): { readonly metadata: number; readonly kinds: CoreKind[] } {
  const models = path.join(root, 'node_modules/kubernetes-models');
  const wanted = Object.entries(KINDS).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => ({ apiVersion, kind: kind.replace('!', ''), namespaced: !kind.startsWith('!') })),
  );
  const files = wanted.map(({ apiVersion, kind }) => path.join(models, apiVersion, `${kind}.d.ts`));
  const program = ts.createProgram(files, { strict: true, skipLibCheck: true, types: [] });
  const compiler = new TypeCompiler(table, program.getTypeChecker());
  const kinds = wanted.map(({ apiVersion, kind, namespaced }, index) => {
    const source = program.getSourceFile(files[index] ?? '');
    if (source === undefined) throw new Error(`[${apiVersion} ${kind}] kubernetes-models has no such kind`);
    return { apiVersion, kind, namespaced, node: compiler.kind(source, kind, `${apiVersion}/${kind}`) };
  });
  compiler.checkFilledIn();
  return { metadata: compiler.metadata(), kinds };
}

class TypeCompiler {
  private readonly known = new Map<ts.Type, number>();
  /** The interfaces of `FILLED_IN` that were met. */
  private readonly filledIn = new Set<string>();
  private objectMeta?: ts.Type;

  constructor(
    private readonly table: NodeTable,
    private readonly checker: ts.TypeChecker,
  ) {}

  /** The node of a kind's interface. */
  public kind(source: ts.SourceFile, kind: string, name: string): number {
    const declaration = source.statements.find(
      (statement): statement is ts.InterfaceDeclaration =>
        ts.isInterfaceDeclaration(statement) && statement.name.text === `I${kind}`,
    );
    if (declaration === undefined) throw new Error(`[${name}] kubernetes-models declares no interface of that name`);
    const type = this.checker.getTypeAtLocation(declaration);
    this.objectMeta ??= this.checker.getNonNullableType(this.typeOf(type.getProperty('metadata')));
    return this.object(type, name, true);
  }

  /** The node of ObjectMeta. */
  public metadata(): number {
    if (this.objectMeta === undefined) throw new Error('[ObjectMeta] no kind has metadata');
    return this.node(this.objectMeta, '');
  }

  /** @throws if an interface of `FILLED_IN` does not exist, or requires no such field. */
  public checkFilledIn(): void {
    const lost = Object.keys(FILLED_IN).find((name) => !this.filledIn.has(name));
    if (lost !== undefined) throw new Error(`[${lost}] kubernetes-models has no such interface, or requires none of its fields that FILLED_IN names`);
  }

  private typeOf(symbol: ts.Symbol | undefined): ts.Type {
    if (symbol === undefined) throw new Error('[kubernetes-models] a property is missing');
    return this.checker.getTypeOfSymbol(symbol);
  }

  private node(given: ts.Type, name: string): number {
    const type = this.checker.getNonNullableType(given);
    const known = this.known.get(type);
    if (known !== undefined) return known;
    const node = this.compile(type, name);
    if (!BYTES.includes(name)) this.known.set(type, node);
    return node;
  }

  private compile(type: ts.Type, name: string): number {
    const { table, checker } = this;
    if (type.flags & ts.TypeFlags.String) return table.add({ t: NodeType.STRING });
    // No field of these kinds is a fraction: a number that is not an integer is a quantity.
    if (type.flags & ts.TypeFlags.Number) return table.add({ t: NodeType.INTEGER, format: 'int64' });
    if (type.flags & ts.TypeFlags.BooleanLike) return table.add({ t: NodeType.BOOLEAN });
    if (type.flags & ts.TypeFlags.StringLiteral) return this.words([type]);
    if (type.isUnion()) return this.union(type);
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (element !== undefined) return table.add({ t: NodeType.ARRAY, i: this.node(element, `${name}[]`) });
    const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (values !== undefined) return this.map(values, name);
    return this.object(type, name, false);
  }

  private union(type: ts.UnionType): number {
    if (type.types.every((member) => member.flags & ts.TypeFlags.BooleanLiteral)) {
      return this.table.add({ t: NodeType.BOOLEAN });
    }
    if (type.types.every((member) => member.flags & ts.TypeFlags.StringLiteral)) return this.words(type.types);
    const quantity = /Quantity$/.test(type.aliasSymbol?.name ?? '');
    return this.table.add({ t: NodeType.INT_OR_STRING, ...(quantity ? { format: 'quantity' } : {}) });
  }

  private words(types: readonly ts.Type[]): number {
    return this.table.add({ t: NodeType.STRING, e: types.map((type) => (type as ts.StringLiteralType).value).sort() });
  }

  private map(values: ts.Type, name: string): number {
    const bytes = BYTES.includes(name);
    const value = bytes ? this.table.add({ t: NodeType.STRING, format: 'byte' }) : this.node(values, `${name}{}`);
    return this.table.add({ t: NodeType.OBJECT, a: value });
  }

  private object(type: ts.Type, name: string, isKind: boolean): number {
    const properties = this.checker.getPropertiesOfType(type);
    if (properties.length === 0) return this.table.add({ t: NodeType.OBJECT, keep: 1 });
    const required = this.required(type, properties);
    const compiled = properties.map(({ name: key }) => {
      const child = isKind && key === 'status' ? this.table.any() : this.property(type, key, name, isKind);
      return [key, child] as const;
    });
    return this.table.add({
      t: NodeType.OBJECT,
      p: Object.fromEntries(compiled),
      ...(required.length > 0 ? { r: required } : {}),
    });
  }

  private required({ symbol }: ts.Type, properties: readonly ts.Symbol[]): string[] {
    const demanded = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
    const required = demanded.filter((name) => FILLED_IN[symbol.name]?.includes(name) !== true);
    if (required.length < demanded.length) this.filledIn.add(symbol.name);
    return required;
  }

  private property(type: ts.Type, key: string, name: string, isKind: boolean): number {
    if (isKind && (key === 'apiVersion' || key === 'kind')) return this.table.add({ t: NodeType.STRING });
    return this.node(this.typeOf(type.getProperty(key)), `${name}.${key}`);
  }
}
