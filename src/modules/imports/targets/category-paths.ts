import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../../core/database.js';
import { categoryTree } from '../../request-categories/request-category.js';

const Category = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  typeId: z.string().nullable(),
  name: z.string(),
});
type Category = z.infer<typeof Category>;

/** The tree of categories, which grows by the paths that rows of a file bring. */
export class CategoryPaths {
  /** Those that are not stored yet, parents first. */
  readonly added: Category[] = [];

  constructor(private readonly stored: readonly Category[]) {}

  /**
   * The category at the end of a path of names below a type; those missing are added. Null for an empty path, undefined
   * when there would be more categories than there can be.
   */
  idOf(typeId: string, path: readonly string[]): string | null | undefined {
    let parent: Category | undefined;
    for (const name of path) {
      const next = this.find(typeId, parent, name) ?? this.add(typeId, parent, name);
      if (!next) return undefined;
      parent = next;
    }
    return parent?.id ?? null;
  }

  private find(typeId: string, parent: Category | undefined, name: string): Category | undefined {
    const isNamed = (category: Category) => category.name.toLowerCase() === name.toLowerCase();
    const isBelow = (category: Category) =>
      parent
        ? category.parentId === parent.id
        : category.parentId === null && (category.typeId ?? typeId) === typeId;
    const fits = (category: Category) => isNamed(category) && isBelow(category);
    return this.stored.find(fits) ?? this.added.find(fits);
  }

  private add(typeId: string, parent: Category | undefined, name: string): Category | undefined {
    if (this.stored.length + this.added.length >= categoryTree.maximumRecords) return undefined;
    const category = {
      id: newId(),
      parentId: parent?.id ?? null,
      typeId: parent ? parent.typeId : typeId,
      name,
    };
    this.added.push(category);
    return category;
  }
}

/** All categories, at most 500. To store further ones they are kept from changing until the end of the transaction. */
export async function readCategoryPaths(tx: Transaction, isStoring: boolean): Promise<CategoryPaths> {
  if (isStoring) await tx.$executeRaw`LOCK TABLE request_categories IN SHARE ROW EXCLUSIVE MODE`;
  const rows = await tx.$queryRaw`
    SELECT id::text, parent_id::text AS "parentId", type_id::text AS "typeId", name
    FROM request_categories ORDER BY archived_at IS NOT NULL, position, name`;
  return new CategoryPaths(Category.array().parse(rows));
}

/** Stores those that were added, in one statement, behind the others. */
export async function createCategories(tx: Transaction, { added }: CategoryPaths): Promise<void> {
  if (added.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO request_categories (id, parent_id, type_id, name, position)
    SELECT added.id, added."parentId", added."typeId", added.name,
           (SELECT coalesce(max(position), 0) FROM request_categories) + row_number() OVER ()
    FROM jsonb_to_recordset(${JSON.stringify(added)}::jsonb)
      AS added (id uuid, "parentId" uuid, "typeId" uuid, name text)`;
}
