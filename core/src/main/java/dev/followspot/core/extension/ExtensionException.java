package dev.followspot.core.extension;

import org.jspecify.annotations.Nullable;

/** An extension failed at work. Its message names the extension, its class and its jar. */
public final class ExtensionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String forCallers;

  ExtensionException(String extension, String message, @Nullable Throwable cause) {
    super(message, cause);
    forCallers = extension + " failed; the log of the backend says why";
  }

  /**
   * What callers may know of it.
   *
   * @return a message that names the extension, but not where it is, nor what it did
   */
  public String forCallers() {
    return forCallers;
  }
}
