package dev.followspot.core.stage;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** About completion stages. */
public final class Stages {

  /** Deeper than anybody wraps, in case that a failure is its own cause. */
  private static final int MAX_DEPTH = 20;

  private Stages() {}

  /**
   * What a stage failed with, without what the stages after it wrap it in.
   *
   * @param failure as a stage tells it
   * @return the failure itself if nothing is around it
   */
  public static Throwable cause(Throwable failure) {
    Throwable inner = failure;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Throwable cause = inner.getCause();
      if (cause == null
          || !(inner instanceof CompletionException || inner instanceof ExecutionException)) {
        break;
      }
      inner = cause;
    }
    return inner;
  }
}
