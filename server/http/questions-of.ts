import type { RequestHandler, Response } from 'express';
import type { BoundQuestions } from '../questions/lab/bound-questions.ts';
import type { Questions } from '../questions/questions.ts';
import { identityOf } from './guards/authenticate.ts';

/** Chooses the facts that answer a request by its sender (semantics §10). Routes get them by `questionsOf`, and have no others. */
export function chooseQuestions(bound: BoundQuestions): RequestHandler {
  return (_request, response, next) => {
    response.locals.questions = bound.of(identityOf(response).labs);
    next();
  };
}

export function questionsOf(response: Response): Questions {
  const { questions } = response.locals as { questions?: Questions };
  if (questions === undefined) throw new Error('The route is not behind chooseQuestions.');
  return questions;
}
