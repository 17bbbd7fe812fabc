import { z } from 'zod';
import type { PublicContext, ViewerContext } from './context.js';
import { InvalidInput, NotFound, type Problem } from './errors.js';
import type { Permission } from './permissions.js';
import { problemsOf } from './problems.js';
import type { Reply } from './reply.js';

/** Who may use a route: everybody, everybody who is signed in, or holders of a permission (in any scope). */
export type Access = Permission | 'signed-in' | 'public';

type ContextFor<A extends Access> = A extends 'public' ? PublicContext : ViewerContext;
type Answer = Reply | Promise<Reply>;

/** A file that came with a form, in a temporary place that is cleaned up after the request. */
export interface UploadedFile {
  readonly path: string;
  readonly originalName: string;
  readonly size: number;
}

/** What a route takes besides fields: files under this name, one unless told, each up to this size in bytes. */
export interface UploadSpec {
  readonly field: string;
  readonly maximumBytes: number;
  readonly maximumFiles?: number;
}

export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** The values of a refused form as they were typed, so that nothing is lost. */
export interface RefusedInput<Params, Query> {
  readonly params: Params;
  readonly query: Query;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

const Nothing = z.strictObject({});
type NothingSchema = typeof Nothing;

interface GetSpec<A extends Access, P extends z.ZodType, Q extends z.ZodType> {
  permission: A;
  params?: P;
  query?: Q;
  handler(context: ContextFor<A>, input: { params: z.output<P>; query: z.output<Q> }): Answer;
}

interface PostSpec<A extends Access, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  permission: A;
  params?: P;
  query?: Q;
  body: B;
  upload?: UploadSpec;
  /** Shows the form again with what was typed and what is wrong; without it the 422 page lists the problems. */
  invalid?(context: ContextFor<A>, input: RefusedInput<z.output<P>, z.output<Q>>): Answer;
  handler(
    context: ContextFor<A>,
    input: {
      params: z.output<P>;
      query: z.output<Q>;
      body: z.output<B>;
      /** The fields as they were typed, to show them again. */
      typed: Readonly<Record<string, unknown>>;
      /** The first of the files. */
      file: UploadedFile | undefined;
      files: readonly UploadedFile[];
    },
  ): Answer;
}

/** One line of a module's routes, as the application mounts it and the architecture tests enumerate it. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly permission: Access;
  readonly body: z.ZodType | undefined;
  readonly upload: UploadSpec | undefined;
  run(context: PublicContext, raw: RawInput): Promise<Reply>;
}

export const route = {
  /** A page or a download. It changes nothing. */
  get<A extends Access, P extends z.ZodType = NothingSchema, Q extends z.ZodType = NothingSchema>(
    path: string,
    spec: GetSpec<A, P, Q>,
  ): Route {
    return {
      method: 'get',
      path,
      permission: spec.permission,
      body: undefined,
      upload: undefined,
      async run(context, raw) {
        const params = parseParams(spec.params, raw);
        const query = parseWith(spec.query, raw.query);
        return spec.handler(narrow(spec.permission, context), { params, query });
      },
    };
  },

  /** A change, or whatever must not happen by following a link. */
  post<
    A extends Access,
    B extends z.ZodType,
    P extends z.ZodType = NothingSchema,
    Q extends z.ZodType = NothingSchema,
  >(path: string, spec: PostSpec<A, P, Q, B>): Route {
    return {
      method: 'post',
      path,
      permission: spec.permission,
      body: spec.body,
      upload: spec.upload,
      async run(context, raw) {
        const own = narrow(spec.permission, context);
        const params = parseParams(spec.params, raw);
        const query = parseWith(spec.query, raw.query);
        const typed = typedValues(raw.body);
        try {
          const body = parseWith(spec.body, raw.body);
          const { files } = raw;
          return await spec.handler(own, { params, query, body, typed, file: files[0], files });
        } catch (error) {
          if (!(error instanceof InvalidInput) || !spec.invalid) throw error;
          return spec.invalid(own, { params, query, values: typed, problems: error.problems });
        }
      },
    };
  },
};

/** The pipeline has checked the permission before `run`; this says so to the type system, and fails closed. */
function narrow<A extends Access>(permission: A, context: PublicContext): ContextFor<A> {
  if (permission !== 'public' && context.viewer === undefined)
    throw new Error('a route ran before its permission check');
  return context as ContextFor<A>;
}

/** Ids in paths that no record could have are records that do not exist. */
function parseParams<P extends z.ZodType>(schema: P | undefined, raw: RawInput): z.output<P> {
  const result = (schema ?? Nothing).safeParse({ ...raw.params });
  if (!result.success) throw new NotFound('the path names no record');
  return result.data as z.output<P>;
}

function parseWith<S extends z.ZodType>(schema: S | undefined, input: unknown): z.output<S> {
  const result = (schema ?? Nothing).safeParse(input ?? {});
  if (!result.success) throw new InvalidInput(problemsOf(result.error));
  return result.data as z.output<S>;
}

function typedValues(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
