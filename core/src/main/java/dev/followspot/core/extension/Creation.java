package dev.followspot.core.extension;

import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.spi.ConfigurationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates one extension after the other. */
final class Creation {

  private final ConfigSection followspot;
  private final Contexts.Shared shared;
  private final Created created;

  Creation(ConfigSection followspot, Contexts.Shared shared, Created created) {
    this.followspot = followspot;
    this.shared = shared;
    this.created = created;
  }

  Contexts.Shared shared() {
    return shared;
  }

  Created created() {
    return created;
  }

  /** {@code followspot.<point>.<name>}. */
  ConfigSection config(Candidate candidate) {
    return followspot.section(candidate.point().key()).section(candidate.name());
  }

  /** Nobody will read the settings of this extension: its keys are no unknown ones. */
  void ignoreConfig(Candidate candidate) {
    followspot.section(candidate.point().key()).raw(candidate.name());
  }

  /**
   * Creates.
   *
   * @throws ConfigurationException as the factory throws it
   * @throws Door.Refused if the factory fails in another way
   */
  <T> T create(Candidate candidate, Supplier<? extends @Nullable T> factory) throws Door.Refused {
    created.checkOpen();
    T made;
    try {
      made = factory.get();
    } catch (ConfigurationException e) {
      created.failed(candidate, "its configuration is wrong");
      throw e;
    } catch (Throwable e) {
      Failures.throwIfFatal(Failures.unwrap(e));
      throw refused(candidate, explain(candidate, e), e);
    }
    if (made == null) {
      throw refused(
          candidate,
          "its create returned null: throw a ConfigurationException that says what is missing",
          null);
    }
    return made;
  }

  private Door.Refused refused(Candidate candidate, String message, @Nullable Throwable cause) {
    created.failed(candidate, message);
    return new Door.Refused(candidate.issue(message, cause));
  }

  /** What auth strategies say of themselves might hold a secret, and is not shown. */
  private static String explain(Candidate candidate, Throwable failure) {
    Throwable inner = Failures.unwrap(failure);
    return candidate.point() == ExtensionPoint.AUTH && !(inner instanceof LinkageError)
        ? "its create threw " + Failures.shownWithoutMessage(inner)
        : Failures.explain(inner, "its create");
  }
}
