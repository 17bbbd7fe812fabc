import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import express, { type Request, type RequestHandler, type Response } from 'express';
import multer from 'multer';
import { PayloadTooLarge, UnsupportedMediaType } from '../errors.js';
import type { UploadedFile, UploadSpec } from '../route.js';

const maximumFormBytes = 1_000_000;
const maximumFormFields = 2_000;

const parseForm = express.urlencoded({
  extended: false,
  limit: maximumFormBytes,
  parameterLimit: maximumFormFields,
});

/**
 * Reads the body of a form, and the files that the route takes into temporary files under names of ours. A form without
 * files may come in either encoding.
 */
export async function readBody(req: Request, res: Response, upload: UploadSpec | undefined): Promise<void> {
  const isMultipart = req.is('multipart/form-data') !== false && req.is('multipart/form-data') !== null;
  if (isMultipart && upload === undefined) throw new UnsupportedMediaType();
  await run(isMultipart && upload ? multipart(upload) : parseForm, req, res);
}

/** The files that came with the form, in the order in which they were chosen. */
export const uploadedFiles = (req: Request): UploadedFile[] =>
  storedFiles(req).map(({ path, originalname, size }) => ({
    path,
    originalName: fileName(originalname),
    size,
  }));

/** Removes the temporary files, whatever became of the request. */
export async function discardUploads(req: Request): Promise<void> {
  await Promise.all(storedFiles(req).map(({ path }) => rm(path, { force: true })));
}

const storedFiles = ({ files }: Request): Express.Multer.File[] => (Array.isArray(files) ? files : []);

function multipart({ field, maximumBytes, maximumFiles = 1 }: UploadSpec): RequestHandler {
  return multer({
    dest: tmpdir(),
    limits: {
      fileSize: maximumBytes,
      files: maximumFiles,
      fields: 100,
      fieldSize: maximumFormBytes,
      fieldNameSize: 100,
      parts: 100 + maximumFiles,
    },
  }).array(field, maximumFiles);
}

/** Browsers send the name as UTF-8 bytes, which the parser hands over as Latin-1. Only the last part of a path counts. */
function fileName(name: string): string {
  const utf8 = Buffer.from(name, 'latin1').toString('utf8');
  const readable = utf8.includes('\ufffd') ? name : utf8;
  return (readable.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200) || 'file';
}

function run(handler: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void handler(req, res, (error?: unknown) => {
      if (error === undefined || error === null || error === 'route' || error === 'router') resolve();
      else reject(asProductError(error));
    });
  });
}

function asProductError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('the body could not be read', { cause: error });
  const type = 'type' in error ? error.type : 'code' in error ? error.code : undefined;
  const tooLarge = [
    'entity.too.large',
    'parameters.too.many',
    'LIMIT_FILE_SIZE',
    'LIMIT_FILE_COUNT',
    'LIMIT_FIELD_VALUE',
    'LIMIT_PART_COUNT',
  ];
  if (typeof type === 'string' && tooLarge.includes(type)) return new PayloadTooLarge(error.message);
  const status = 'status' in error ? error.status : 400;
  const isClientError = error instanceof multer.MulterError || (typeof status === 'number' && status < 500);
  return isClientError ? new UnsupportedMediaType(error.message) : error;
}
