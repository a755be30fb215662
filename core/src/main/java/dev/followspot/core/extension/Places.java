package dev.followspot.core.extension;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Tells which jar or folder something is from. */
final class Places {

  private Places() {}

  /** The jar or folder of a class; empty if its class loader does not say. */
  static String of(Class<?> type) {
    try {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      return source == null || source.getLocation() == null ? "" : shown(source.getLocation());
    } catch (SecurityException e) {
      return "";
    }
  }

  /** The jar or folder of a services file. */
  static String of(URL servicesFile) {
    return of(servicesFile, "META-INF/services/");
  }

  /** The jar or folder of a file whose path in it is, or begins with, a text. */
  static String of(URL file, String path) {
    String text = file.toString();
    int inside = text.lastIndexOf(path);
    return shown(inside < 0 ? text : text.substring(0, inside));
  }

  private static String shown(URL url) {
    return shown(url.toString());
  }

  /** A path if there is one; jars in jars stay as they are called. */
  private static String shown(String address) {
    String text = address;
    boolean nested = text.indexOf("!/") != text.lastIndexOf("!/");
    if (!nested) {
      text = text.startsWith("jar:file:") ? text.substring("jar:".length()) : text;
      text = text.endsWith("!/") ? text.substring(0, text.length() - 2) : text;
    }
    if (text.startsWith("file:")) {
      try {
        return Path.of(URI.create(text)).toString();
      } catch (IllegalArgumentException e) {
        return text;
      }
    }
    return text.replaceAll("[!/]+$", "");
  }

  /** The version in the module or the manifest. */
  static @Nullable String version(Class<?> type) {
    if (type.getModule().isNamed()) {
      return type.getModule().getDescriptor().rawVersion().orElse(null);
    }
    Package holder = type.getPackage();
    return holder == null ? null : holder.getImplementationVersion();
  }
}
