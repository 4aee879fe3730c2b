import { z } from 'zod';
export const broken = z.string();
