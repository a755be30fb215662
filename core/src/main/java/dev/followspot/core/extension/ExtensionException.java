package dev.followspot.core.extension;

import org.jspecify.annotations.Nullable;

/** An extension failed at work. Its message names the extension, its class and its jar. */
public final class ExtensionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExtensionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
