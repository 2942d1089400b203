import { z } from 'zod';
import type { MessagePart } from '../words/message';
import { call } from './method';

/** Templates that a workspace keeps, or that are taken from a folder. */
export const MOST_TEMPLATES = 200;
/** Letters of a template's name. */
export const LONGEST_TEMPLATE_NAME = 120;

/** A template that somebody made of a badge: in the workspace, or a file in the workspace folder, for all who share it. */
export interface OwnTemplate {
  id: string;
  name: string;
  /** As the badge has it; empty where it has none. */
  description: string;
  place: 'workspace' | 'folder';
  hasArt: boolean;
}

export interface OwnTemplates {
  templates: readonly OwnTemplate[];
  /** Where a template that is kept now goes: into the workspace folder where there is one. */
  keptIn: 'workspace' | 'folder';
  /** Files of the folder that are no templates, and why. */
  passedOver: readonly { file: string; reason: MessagePart }[];
}

const badgeId = z.string().min(1).max(64);
const templateId = z.string().min(1).max(500);

export const templatesMethods = {
  /** Those of the workspace and of its folder, by name. */
  'ownTemplates.list': call<OwnTemplates>()(() => z.object({})),
  /**
   * Makes a template of a badge, with its art. Conflict where one of this place has the name and is not to be replaced,
   * invalid-input where the draft is no JSON object or there are too many.
   */
  'ownTemplates.keep': call<OwnTemplates>()(() =>
    z.object({
      badge: badgeId,
      name: z.string().trim().min(1).max(LONGEST_TEMPLATE_NAME),
      replace: z.boolean().default(false),
    }),
  ),
  /** Takes a template away; one of the folder with its file. Badges that were made of it stay. */
  'ownTemplates.remove': call<OwnTemplates>()(() => z.object({ id: templateId })),
  /** Makes a badge of a template under a name that is free, beginning in the future. Not-found where it is gone. */
  'ownTemplates.use': call<{ id: string }>()(() => z.object({ id: templateId, label: z.string().max(200) })),
};
