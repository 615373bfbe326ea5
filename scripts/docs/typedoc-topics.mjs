import { Comment, CommentTag, Converter, ReflectionKind } from 'typedoc';

/** The names under which a project imports the entry points. */
const MODULES = {
  constructs: 'cdk8s-kubevirt',
  review: 'cdk8s-kubevirt/review',
  code: 'cdk8s-kubevirt/code',
  'review/inventory': 'cdk8s-kubevirt/review/inventory',
};

/** The chapters of the reference: a folder of the library is a topic. */
const TOPICS = {
  vm: 'The machine',
  disks: 'Disks and storage',
  storage: 'Disks and storage',
  platform: 'What the cluster must have',
  synth: 'The output',
  shared: 'Words that all share',
};

/** A default that is a sentence: in a block of code, as TypeDoc renders all that have no code of their own, or bare. */
const SENTENCE = /^(?:```ts\n- ([^]*)\n```|- ([^]*))$/;

/**
 * Names modules as they are imported, groups the exports of the library by folder, shows a default that is a sentence as
 * one, and props before those that they inherit. Tags in the comments could do most of it, and would then stand in every
 * hover of an editor.
 */
export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      for (const child of module.children ?? []) addTopic(project, child);
      module.name = MODULES[module.name] ?? module.name;
    }
    for (const { comment } of Object.values(project.reflections)) {
      for (const tag of comment?.blockTags ?? []) unwrapSentence(tag);
    }
  });
  // After TypeDoc's own grouping, which sorts.
  const last = -1000;
  converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const reflection of project.getReflectionsByKind(ReflectionKind.Interface)) {
        ownFirst(reflection.children);
        for (const group of reflection.groups ?? []) ownFirst(group.children);
      }
    },
    last,
  );
}

function addTopic(project, reflection) {
  const file = project.getSymbolIdFromReflection(reflection)?.fileName.replaceAll('\\', '/') ?? '';
  const topic = TOPICS[/\/constructs\/(\w+)\//.exec(file)?.[1]];
  if (topic === undefined) return;
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: topic }]));
}

function unwrapSentence(tag) {
  const [, wrapped, bare] = SENTENCE.exec(tag.tag === '@default' ? Comment.combineDisplayParts(tag.content) : '') ?? [];
  const sentence = wrapped ?? bare;
  if (sentence !== undefined) tag.content = [{ kind: 'text', text: sentence }];
}

/** Required props stay the first. */
function ownFirst(children) {
  const rank = ({ flags, inheritedFrom }) => (flags.isOptional ? (inheritedFrom === undefined ? 1 : 2) : 0);
  children?.sort((one, other) => rank(one) - rank(other));
}
