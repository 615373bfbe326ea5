/** What is said when help is asked for, or when a command line names no command. */
export const USAGE = `Usage: cdk8s-kubevirt init      [OPTION]... [NAME]
       cdk8s-kubevirt check     [OPTION]... FILE|DIR|-...
       cdk8s-kubevirt inventory [OPTION]... FILE|DIR|-...
       cdk8s-kubevirt diff      [OPTION]... OLD NEW | REV -- PATH...
       cdk8s-kubevirt import    [OPTION]... FILE|DIR|-...
       cdk8s-kubevirt rules     [OPTION]...
       cdk8s-kubevirt explain   RULE
       cdk8s-kubevirt help      [COMMAND]

  init        a new project: one VM, its test, and the review of what it makes
  check       what the cluster would refuse, prune, or take and not do
  inventory   which VMs and claims the manifests make, what the storage will do with them, and how much it takes
  diff        what a change will do to machines and their data
  import      TypeScript that rebuilds manifests with the constructs
  rules       every rule of 'check', with what it demands
  explain     one of them: where it is written, in which releases it holds, how to accept it

  -h, --help  this text; after a command, its options
  --version   the version of cdk8s-kubevirt
`;

const INIT_USAGE = `Usage: cdk8s-kubevirt init [OPTION]... [NAME]

Writes a project to the folder NAME (default: the working folder) that synthesizes, checks and tests: package.json,
tsconfig.json, cdk8s.yaml with the review on, a VM, its test, and a workflow for pull requests. What stands in the
folder stays; a file that would be overwritten is refused by name.

  --esm                  ES modules (default: CommonJS)
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

  npx --package ./cdk8s-kubevirt/cdk8s-kubevirt-0.1.0.tgz cdk8s-kubevirt init web
  cd web && npm install && npm run synth

Exit status: 0 written, 2 wrong command line, or nothing was written.
`;

const CHECK_USAGE = `Usage: cdk8s-kubevirt check [OPTION]... FILE|DIR|-...

Says what the cluster would refuse, prune, or take and not do: KubeVirt and CDI manifests in files, folders
(every .yaml, .yml and .json below them) and standard input (-). Each file is a step: what is applied together.

  --format FORMAT        table (the default), json, sarif (code scanning), github (annotations) or html (one page)
  --kubevirt VERSION     release of KubeVirt that the cluster has
  --cdi VERSION          release of CDI that the cluster has
                         (default: what a KubeVirt, CDI or HyperConverged object names, or the nearest to it; else the
                         newest that there are schemas of; the first line says which and why)
  --all-releases         what every other release would say too: what an upgrade changes
  --external KIND/[NAMESPACE/]NAME
                         an object that exists without the manifests; may be repeated
  --closed               what is neither among the manifests nor external does not exist: Namespaces, StorageClasses and
                         kinds of which there is no object are missed too
  --partial KIND/[NAMESPACE/]NAME
                         an object of which the manifests state only a part, as another owner holds the rest: what it
                         lacks is no fault; may be repeated. Objects annotated for server-side apply are such
  --feature-gate NAME    a gate that the cluster lists; may be repeated (default: those of a KubeVirt object);
                         a name in the wrong case is refused
  --architecture NAME    of the control plane, and of VMs that name none (default: amd64)
  --storage FILE         what is known of the cluster's storage, from which follows what will become of disks and clones:
                         kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml
  --backend CLASS=NAME   the array behind a storage class: classes of one backend can clone to each other; may be
                         repeated, beside --storage
  --accept RULE[@KIND/[NAMESPACE/]NAME]=REASON
                         findings that are meant; may be repeated. RULE must be one that there is. An annotation of
                         the object does the same:
                         accept.cdk8s-kubevirt/RULE: REASON
  --strict               warnings count as errors
  --verbose              the table lists all that was not checked, and does not count it
  --changed [REV]        only what stands in files that Git says have changed since REV (default: HEAD), new files
                         among them; all that is named (default: .) is read, so that references are known
  --no-kustomize         Kustomizations are read without kustomize; else kustomize, or kubectl kustomize, builds those that
                         take nothing remote, no plugin and no Helm chart
  --max-size SIZE        the largest file or stream that is read (default: 256Mi, at most 500Mi)
  --cache DIR            keeps in a folder what was found in objects by themselves, for the next check: by the bytes of their
                         files, the releases, the settings and this program; nothing of a file that holds a Secret. One
                         thread. Whoever can write to the folder can hide findings
  --threads N            how many threads read files and judge objects, from 1 to 64; what is printed is the same
                         (default: of 300 files and more one a processor, from three on, at most 4; else 1)
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

  npx cdk8s synth --stdout --no-validate | cdk8s-kubevirt check -

What the command line does not say stands in cdk8s-kubevirt.yaml of the working folder (kubevirt, cdi, allReleases, closed,
external, accept, featureGates, architecture, configuration, strict), else in the properties of the plugin in cdk8s.yaml.
A list of the one replaces that of the other. The report names the file.

Exit status: 0 no error found, 1 errors found, 2 something could not be read, or wrong command line.
`;

const INVENTORY_USAGE = `Usage: cdk8s-kubevirt inventory [OPTION]... FILE|DIR|-...

Counts the VMs, disks and claims of manifests in files, folders (every .yaml, .yml and .json below them) and standard
input (-): sizes by storage class and namespace, which VMs can be live-migrated, what each clone will do. What does not
follow from the manifests and from what is known of the storage is said to be unknown. Objects are taken in the order of
the files, each in its last state. Roots (a Kustomization, the folder of a GitOps engine, a folder of steps) that make
machines or claims of the same names are counted by themselves.

  --format FORMAT        markdown (the default), html (one page), json, or csv (a row per disk), both in bytes
  --kubevirt VERSION, --cdi VERSION, --feature-gate NAME
                         as for check
  --storage FILE         what is known of the cluster's storage:
                         kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml
  --backend CLASS=NAME   the array behind a storage class: classes of one backend can clone to each other; may be
                         repeated, beside --storage
  --no-kustomize         Kustomizations are read without kustomize; else kustomize, or kubectl kustomize, builds those that
                         take nothing remote, no plugin and no Helm chart
  --max-size SIZE        the largest file or stream that is read (default: 256Mi, at most 500Mi)
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

What the command line does not say of these stands in cdk8s-kubevirt.yaml or cdk8s.yaml of the working folder, as for check. The
inventory ends with the releases whose rules judged, and with what names them.

  cdk8s-kubevirt inventory --storage cluster-storage.yaml manifests/ > INVENTORY.md
  kubectl get virtualmachines,datavolumes,pvc --all-namespaces -o yaml | cdk8s-kubevirt inventory -

Exit status: 0 counted, 2 something could not be read, no VM and no claim was found, or wrong command line.
`;

const DIFF_USAGE = `Usage: cdk8s-kubevirt diff [OPTION]... OLD NEW              files, folders, - for standard input
       cdk8s-kubevirt diff [OPTION]... REV -- PATH...       the working tree against a revision of Git
       cdk8s-kubevirt diff [OPTION]... A..B [-- PATH...]    two revisions; A...B from their merge base
       cdk8s-kubevirt diff [OPTION]... --live FILE NEW      what kubectl get -o yaml printed against new files
       cdk8s-kubevirt diff [OPTION]... --steps DIR          the files of a folder, one after the other

Says what applying the new manifests does to machines and their data, the worst first: data-lost, refused, new-disk,
unknown, replaced, restarted, restart, later, ignored, adopted, migrated, stopped, started, live, in-place, removed,
created. Objects are paired by kind, namespace and name within their root (a Kustomization, the path of an engine,
a folder of steps); what is equal in meaning is not listed.

  --format FORMAT        table (the default), markdown (for a comment), html (one page), json, sarif or github
  --fail-on WORD,...     exit with 1 where one of these consequences is found
  --prune                objects that are gone from the manifests are deleted from the cluster, as by kubectl apply
                         --prune; without it they stay, no longer managed, but for those of an Application of Argo CD
                         or a Kustomization of Flux among the manifests that prunes
  --storage FILE         StorageClasses, PersistentVolumes, VolumeSnapshotClasses, as kubectl get -o yaml prints them
  --running yes|no       whether the machines run          (default: as status or run strategy says)
  --migratable yes|no    whether they can be live-migrated (default: assumed, and said to be)
  --bound yes|no         whether claims are bound          (default: as their status says, else assumed)
  --rollout-strategy WORD  LiveUpdate or Stage             (default: that of the KubeVirt object, else LiveUpdate)
  --kubevirt VERSION, --cdi VERSION, --feature-gate NAME, --architecture NAME, --external KIND/[NAMESPACE/]NAME
                         as for check
  --closed               what is neither in one of the two states nor external does not exist: a StorageClass, the
                         target of a migration
  --max-size SIZE        the largest file or stream that is read (default: 256Mi, at most 500Mi)
  --accept WORD[@KIND/[NAMESPACE/]NAME]=REASON
                         consequences (or rules) that are meant; may be repeated. An annotation of the object does the
                         same: accept.cdk8s-kubevirt/WORD: REASON
  -h, --help             this text

  cdk8s-kubevirt diff origin/main...HEAD -- dist
  kubectl get vm,dv,pvc -A -o yaml | cdk8s-kubevirt diff --live - manifests/

Exit status: 0 compared, 1 a consequence of --fail-on was found, 2 something could not be read, or wrong command line.
`;

const RULES_USAGE = `Usage: cdk8s-kubevirt rules [OPTION]...

Lists every rule of 'check': its id, its severity, and what it demands.

  --format FORMAT        table (the default) or json, which has kinds, releases and sources too
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

Exit status: 0 listed, 2 wrong command line.
`;

const IMPORT_USAGE = `Usage: cdk8s-kubevirt import [OPTION]... FILE|DIR|-...

Prints TypeScript that rebuilds the manifests of files, folders and standard input (-) with the constructs: a chart for each
root, and for each step of a folder of steps. What 'kubectl get … -o yaml' gives is read as the manifest that it came from.
Each object is made and compared with what was read; what no prop says stands in 'overrides', and what no construct takes is
an ApiObject. Secrets, passwords and logins stay out of the code: comments say what is yours to make. The findings of the
review stand in comments above their objects.

  --out DIR              writes a project that runs to DIR: as 'init' makes it, with the charts in the place of the first VM
  --esm                  with --out: ES modules (default: CommonJS)
  --kubevirt VERSION     release of KubeVirt that the cluster has
  --cdi VERSION          release of CDI that the cluster has
  --external, --closed, --partial, --feature-gate, --architecture, --storage, --backend, --accept
                         as of 'check', whose findings stand in the code
  --max-size SIZE        the most that one file or stream may have: 1048576, 512KiB, 64MiB, 1GiB (default: 256MiB)
  --no-kustomize         Kustomizations are read without kustomize
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

  kubectl get vm,dv,pvc -n web -o yaml | cdk8s-kubevirt import - --out web

Exit status: 0 printed or written, 2 something could not be read, there was nothing to import, or wrong command line.
`;

const EXPLAIN_USAGE = `Usage: cdk8s-kubevirt explain RULE

Says of one rule what it demands, of which kinds, in which releases, and where that is written. RULE is its id, as
findings and 'cdk8s-kubevirt rules' name it.

  -h, --help             this text
  --version              the version of cdk8s-kubevirt

Exit status: 0 explained, 2 there is no such rule, or wrong command line.
`;

/** The commands, and what is said of each. */
export const COMMANDS = {
  init: INIT_USAGE,
  check: CHECK_USAGE,
  inventory: INVENTORY_USAGE,
  diff: DIFF_USAGE,
  import: IMPORT_USAGE,
  rules: RULES_USAGE,
  explain: EXPLAIN_USAGE,
} as const;

/** A word of the command line that says what to do. */
export type Command = keyof typeof COMMANDS;
