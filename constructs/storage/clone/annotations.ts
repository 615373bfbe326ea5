/** With this annotation, whatever its value, CDI does not compare a clone's size with that of its source: pkg/controller/common/util.go, AnnPermissiveClone. */
const PERMISSIVE = 'cdi.kubevirt.io/permissiveClone';
/** Whether CDI's populators make the clone: pkg/controller/datavolume/util.go, checkDVUsingPopulators. */
const USE_POPULATOR = 'cdi.kubevirt.io/storage.usePopulator';

/** The words that CDI's strconv.ParseBool reads as true. */
const TRUE: readonly unknown[] = ['1', 't', 'T', 'true', 'TRUE', 'True'];

/** What annotations say of a clone: members of `CloneRequest`. */
export interface CloneAnnotations {
  readonly permissive?: boolean;
  readonly usesPopulator?: boolean;
}

/** What the annotations of a DataVolume, which its claim gets too, say of its clone. */
export function annotated(annotations: object | undefined): CloneAnnotations {
  const values: Record<string, unknown> = { ...annotations };
  const populator = values[USE_POPULATOR];
  return {
    permissive: PERMISSIVE in values ? true : undefined,
    usesPopulator: populator === undefined ? undefined : TRUE.includes(populator),
  };
}
