import { v7 as newId } from 'uuid';
import type { Dependencies } from '../../../src/core/context.js';
import { unitOfWork } from '../../../src/core/unit-of-work.js';
import { factoryActor, nextNumber } from './sequence.js';

export interface CannedAnswerOptions {
  readonly name?: string;
  readonly shortcut?: string;
  readonly body?: string;
  readonly archivedAt?: Date;
}

/** A canned answer; returns its id. */
export async function createCannedAnswer(
  deps: Dependencies,
  options: CannedAnswerOptions = {},
): Promise<string> {
  const id = newId();
  const name = `Answer ${nextNumber()}`;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', (tx) =>
    tx.cannedAnswer.create({ data: { id, name, body: 'Dear {{customer}}, thank you.', ...options } }),
  );
  return id;
}

export interface ArticleOptions {
  readonly title?: string;
  readonly body?: string;
  readonly isPublic?: boolean;
  readonly archivedAt?: Date;
}

/** An article with its first version; returns its id. */
export async function createArticle(deps: Dependencies, options: ArticleOptions = {}): Promise<string> {
  const id = newId();
  const { title = `Article ${nextNumber()}`, body = 'What staff should know.', ...others } = options;
  await unitOfWork({ deps, actor: factoryActor }, 'factory.created', async (tx) => {
    await tx.article.create({ data: { id, title, body, ...others } });
    await tx.articleVersion.create({ data: { id: newId(), articleId: id, versionNo: 1, title, body } });
  });
  return id;
}
