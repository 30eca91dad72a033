import { stringify } from 'yaml';

/** A file that follows from the tables, with its documents. */
export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  /** What it is for, in a sentence. */
  readonly comment: string;
  readonly documents: readonly object[];
}

/** How each of these files says that it is one; what is left over is found by it. */
export const generatedMark = 'Generated from packages/manifests and packages/contracts by "npm run generate"';

/** Kubernetes' tools read YAML 1.1, to which a bare `on` is a boolean. */
const format = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/** The file's text: YAML, or JSON with the mark as the description of its one document, since JSON has no comments. */
export function textOf({ path, comment, documents }: GeneratedFile): string {
  if (path.endsWith('.json')) {
    const [document] = documents;
    return `${JSON.stringify({ description: `${comment}. ${generatedMark}.`, ...document }, null, 2)}\n`;
  }
  const bodies = documents.map((document) => stringify(document, format));
  return `# ${comment}\n# ${generatedMark}: change the tables, not this file.\n${bodies.join('---\n')}`;
}
