package dev.followspot.core.extension;

import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CredentialException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls an extension. Whatever it does wrong, its caller gets a stage: a call that throws, null
 * instead of a stage, a stage that fails, and a stage that gives null all look the same.
 */
final class Guard {

  /** Made for the user, all of them final. */
  private static final Set<Class<? extends RuntimeException>> FOR_USERS =
      Set.of(CredentialException.class, ConfigurationException.class, ExtensionException.class);

  private final String label;
  private final String name;
  private final boolean secretive;
  private final Set<Class<? extends RuntimeException>> unchanged;

  private Guard(
      String label,
      String name,
      boolean secretive,
      Set<Class<? extends RuntimeException>> unchanged) {
    this.label = label;
    this.name = name;
    this.secretive = secretive;
    this.unchanged = unchanged;
  }

  /** A guard for an extension, called as in {@link Candidate#label()}. */
  static Guard of(String label) {
    return new Guard(label, "", false, FOR_USERS);
  }

  /** A guard for an extension that handles secrets: the texts of its failures are not shown. */
  static Guard ofSecretive(String label) {
    return new Guard(label, "", true, FOR_USERS);
  }

  /** The same guard that also lets other failures go on unchanged. */
  Guard lettingThrough(Set<Class<? extends RuntimeException>> more) {
    Set<Class<? extends RuntimeException>> all = new HashSet<>(unchanged);
    all.addAll(more);
    return new Guard(label, name, secretive, Set.copyOf(all));
  }

  /** The same guard of an extension whose callers may know no more than a name. */
  Guard named(String shown) {
    return new Guard(label, shown, secretive, unchanged);
  }

  String label() {
    return label;
  }

  /** What callers may know of the extension; empty if it is none. */
  String name() {
    return name;
  }

  /** What is built in has no jar that it would tell of. */
  private String shownName() {
    return name.isEmpty() ? label : name;
  }

  /** Calls; every failure becomes a value. */
  <T> CompletionStage<T> call(
      Supplier<? extends @Nullable CompletionStage<T>> call,
      Function<? super T, ? extends T> check,
      Function<? super RuntimeException, ? extends T> fallback) {
    CompletionStage<T> stage;
    try {
      CompletionStage<T> answer = call.get();
      if (answer == null) {
        return later(() -> fallback.apply(failure("returned null instead of a stage")));
      }
      stage =
          answer.handle(
              (value, failed) -> {
                if (failed != null) {
                  return fallback.apply(failure(failed));
                }
                if (value == null) {
                  return fallback.apply(failure("completed with null"));
                }
                T checked;
                try {
                  checked = check.apply(value);
                } catch (RuntimeException e) {
                  checked = fallback.apply(failure("gave an answer with null in it"));
                }
                return checked;
              });
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      return later(() -> fallback.apply(failure(e)));
    }
    return stage;
  }

  /** Calls; every failure becomes a failed stage that names the extension. */
  <T> CompletionStage<T> call(
      Supplier<? extends @Nullable CompletionStage<T>> call,
      Function<? super T, ? extends T> check) {
    return call(
        call,
        check,
        failure -> {
          throw failure;
        });
  }

  private static <T> CompletionStage<T> later(Supplier<? extends T> value) {
    try {
      return CompletableFuture.completedFuture(value.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The message of a failure, which names the extension in any case. */
  String told(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof ExtensionException ? message : label + " failed: " + message;
  }

  private ExtensionException failure(String what) {
    return new ExtensionException(
        shownName(), label + " failed: it " + what + "; report it to its authors", null);
  }

  /** What to tell of a failure; those that are made for the user go on unchanged. */
  RuntimeException failure(Throwable failed) {
    Failures.throwIfFatal(Failures.unwrap(failed));
    Throwable inner = Failures.unwrap(failed);
    if (inner instanceof RuntimeException known && unchanged.contains(inner.getClass())) {
      return known;
    }
    if (!secretive) {
      return new ExtensionException(
          shownName(), label + " failed: " + Failures.explain(inner, "it"), inner);
    }
    ExtensionException shown =
        new ExtensionException(
            shownName(), label + " failed: it threw " + Failures.shownWithoutMessage(inner), null);
    shown.setStackTrace(inner.getStackTrace());
    return shown;
  }
}
