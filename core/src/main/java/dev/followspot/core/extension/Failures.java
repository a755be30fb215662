package dev.followspot.core.extension;

import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what a throwable of an extension means, and what to do about it. */
final class Failures {

  private static final int MAX_SHOWN = 500;

  /** Causes may go round in a circle. */
  private static final int MAX_DEPTH = 20;

  private static final int FIRST_CLASS_FILE_VERSION = 44;
  private static final Pattern CLASS_FILE_VERSION = Pattern.compile("\\b(\\d{2,3})\\.\\d+\\b");
  private static final Pattern CLASS_NAME = Pattern.compile("[\\p{L}\\p{N}_$./]+");

  private Failures() {}

  /**
   * Lets go on what no guard should stop: the virtual machine itself is in trouble. A stack that is
   * too deep is the extension's own trouble.
   */
  static void throwIfFatal(Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
      throw error;
    }
  }

  /** The failure itself, without what asynchronous and reflective calls put around it. */
  static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    for (int depth = 0; depth < MAX_DEPTH && isWrapper(inner); depth++) {
      Throwable cause = inner.getCause();
      if (cause == null) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure instanceof ServiceConfigurationError;
  }

  /**
   * What happened, and the cure if it is known.
   *
   * @param failure what was thrown
   * @param where what threw it, such as {@code its constructor}
   */
  static String explain(Throwable failure, String where) {
    Throwable inner = unwrap(failure);
    String linkage = linkage(inner);
    return linkage != null ? linkage : where + " threw " + shown(inner);
  }

  /** What is wrong between classes; null if the failure is of another kind. */
  private static @Nullable String linkage(Throwable failure) {
    if (failure instanceof ExceptionInInitializerError error) {
      Throwable cause = error.getException();
      String inner = cause == null ? null : linkage(cause);
      return inner != null
          ? inner
          : "a static initialiser threw " + shown(cause == null ? failure : cause);
    }
    String message = clean(message(failure));
    if (failure instanceof UnsupportedClassVersionError) {
      return newerJava(message);
    }
    if (failure instanceof NoClassDefFoundError || failure instanceof ClassNotFoundException) {
      return CLASS_NAME.matcher(message).matches()
          ? "needs the class "
              + message.replace('/', '.')
              + ", which is not there: add the jar that holds it"
          : "a class cannot be used: " + message;
    }
    if (failure instanceof IncompatibleClassChangeError || failure instanceof VerifyError) {
      return "does not fit the other jars ("
          + shown(failure)
          + "): use a version of it that was built for this version of Followspot and of what it"
          + " needs";
    }
    return failure instanceof LinkageError
        ? "cannot be linked (" + shown(failure) + "): its jar is damaged, or there twice"
        : null;
  }

  private static String newerJava(String message) {
    Matcher version = CLASS_FILE_VERSION.matcher(message);
    int running = Runtime.version().feature();
    if (!version.find()) {
      return "is compiled for a newer Java than " + running + ": run a newer Java";
    }
    int java = Integer.parseInt(version.group(1)) - FIRST_CLASS_FILE_VERSION;
    return "is compiled for Java "
        + java
        + ", and this is Java "
        + running
        + ": run Java "
        + java
        + " or later, or use a build of it for Java "
        + running;
  }

  /** The kind of failure and its message, in a length that can be read. */
  static String shown(Throwable failure) {
    Throwable inner = unwrap(failure);
    String message = message(inner);
    String kind = inner.getClass().getSimpleName();
    kind = kind.isEmpty() ? inner.getClass().getName() : kind;
    return message.isBlank() ? kind : kind + ": " + clean(message);
  }

  /** The kind of failure and where it arose, for failures whose message might hold a secret. */
  static String shownWithoutMessage(Throwable failure) {
    Throwable inner = unwrap(failure);
    StackTraceElement[] trace = inner.getStackTrace();
    return inner.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** The message; empty if there is none, or if the exception cannot even say that. */
  private static String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (Throwable e) {
      throwIfFatal(e);
      return "";
    }
  }

  static String clean(String text) {
    String printable = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "…";
  }

  static String causeClass(Throwable failure) {
    return unwrap(failure).getClass().getName();
  }
}
