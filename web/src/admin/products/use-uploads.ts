import { maxPictureBytes } from '@paydesk/contract/admin/product-limits';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { ApiError } from '../../api/call.ts';
import { sendFile } from '../../api/send-file.ts';

export type Upload = { id: number; name: string; part: number; problem: string | null };

let lastId = 0;

/** Files on their way to one product, one after the other; those that were taken leave the list. */
export function useUploads(productId: string): {
  uploads: Upload[];
  add(files: Iterable<File>): Promise<void>;
} {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const { revalidate } = useRevalidator();
  const change = (id: number, changes: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const add = async (files: Iterable<File>) => {
    const wanted = [...files].map((file) => ({ file, id: ++lastId }));
    const shown = wanted.map(({ file, id }) => ({ id, name: file.name, part: 0, problem: null }));
    setUploads((all) => [...all.filter(({ problem }) => problem === null), ...shown]);
    for (const { file, id } of wanted) {
      const problem = await upload(productId, file, (part) => change(id, { part }));
      if (problem === null) setUploads((all) => all.filter((one) => one.id !== id));
      else change(id, { problem });
      await revalidate();
    }
  };
  return { uploads, add };
}

async function upload(
  productId: string,
  file: File,
  onProgress: (part: number) => void,
): Promise<string | null> {
  if (file.size > maxPictureBytes) return 'This file is larger than 10 MB.';
  // The server looks at what is in it; the name of a type only opens the door for pictures.
  const type = file.type.startsWith('image/') ? file.type : 'image/unknown';
  try {
    await sendFile(`/api/admin/products/${productId}/pictures`, file, { type, onProgress });
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
