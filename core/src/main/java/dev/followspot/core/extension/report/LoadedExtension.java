package dev.followspot.core.extension.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An extension that was found.
 *
 * @param point what it extends
 * @param name its name
 * @param className the class of its factory
 * @param location the jar or folder that holds the class; empty if unknown
 * @param version the version of its jar or module; null if it says none
 * @param origin how it was found
 * @param order its place among extensions that wrap each other
 * @param wraps the name of the extension below, or {@link #BUILT_IN_BASE}; null unless it wraps
 * @param used whether it takes part in look-ups so far
 * @param note why it is not used; empty if it is
 */
public record LoadedExtension(
    ExtensionPoint point,
    String name,
    String className,
    String location,
    @Nullable String version,
    Origin origin,
    int order,
    @Nullable String wraps,
    boolean used,
    String note) {

  /** What the innermost extension wraps. */
  public static final String BUILT_IN_BASE = "(built-in)";

  /** How an extension was found. */
  public enum Origin {
    /** Comes with Followspot. */
    BUILT_IN("built-in"),
    /** Was handed to the builder. */
    EXPLICIT("explicit"),
    /** Was found on the class path or module path. */
    DISCOVERED("discovered"),
    /** Was found in the folder of plugins. */
    PLUGINS_DIRECTORY("plugins directory");

    private final String displayName;

    Origin(String displayName) {
      this.displayName = displayName;
    }

    @Override
    public String toString() {
      return displayName;
    }
  }

  /** Checks the components. */
  public LoadedExtension {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(note, "note");
  }

  /**
   * The file name of the jar or folder.
   *
   * @return the last part of {@link #location()}
   */
  public String jar() {
    int slash = Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\'));
    return location.substring(slash + 1);
  }

  /** The extension on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ").append(className);
    if (origin != Origin.BUILT_IN) {
      text.append(location.isEmpty() ? "" : " in " + jar());
      text.append(version == null ? "" : " " + version);
    }
    text.append(", ").append(origin);
    if (wraps != null) {
      text.append(", wraps ").append(wraps);
    }
    return text.append(used ? "" : ", not used: " + note).toString();
  }
}
