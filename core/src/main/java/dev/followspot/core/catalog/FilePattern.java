package dev.followspot.core.catalog;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file, a folder, or a glob below a folder.
 *
 * @param text how it was written
 * @param base the file or folder, or where the glob starts; absolute
 * @param glob the rest; null for a file or folder
 */
record FilePattern(String text, Path base, @Nullable Glob glob) {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_VISITED = 200_000;

  /** What is wrong with a place where files are looked for, as the end of a sentence. */
  static final class NotFound extends Exception {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
      super(message);
    }
  }

  /**
   * Reads what somebody wrote. What is there is what it is, even if its name looks like a glob.
   *
   * @param folder where relative paths start
   * @throws IllegalArgumentException if it is neither a path nor a glob
   */
  static FilePattern of(Path folder, String text) {
    String[] parts = text.split("/", -1);
    Path base = folder.toAbsolutePath().normalize();
    if (text.startsWith("/") && base.getRoot() != null) {
      base = base.getRoot();
    }
    for (int i = 0; i < parts.length; i++) {
      if (Glob.isPattern(parts[i]) && !exists(base, parts[i])) {
        List<String> rest = List.of(parts).subList(i, parts.length);
        return new FilePattern(text, base.normalize(), Glob.of(String.join("/", rest)));
      }
      base = base.resolve(parts[i]);
    }
    return new FilePattern(text, base.normalize(), null);
  }

  private static boolean exists(Path base, String part) {
    // Where this is not allowed in a name, there is no such file.
    return File.separatorChar == '/' && Files.exists(base.resolve(part));
  }

  /** Whether it names one file, which therefore has to be there. */
  boolean isOneFile() {
    return glob == null && !Files.isDirectory(base);
  }

  /** The folder that it does not leave. */
  Path folder() {
    Path parent = base.getParent();
    return isOneFile() && parent != null ? parent : base;
  }

  /**
   * The files that there are now.
   *
   * @return sorted; the one file, whether it is there or not
   * @throws NotFound if the folder cannot be read
   */
  List<Path> files() throws NotFound {
    if (isOneFile()) {
      return List.of(base);
    }
    Walk walk = new Walk();
    try {
      int depth = glob == null ? MAX_DEPTH : glob.depth(MAX_DEPTH);
      Files.walkFileTree(base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, walk);
    } catch (IOException | SecurityException e) {
      throw new NotFound(
          Files.exists(base)
              ? "cannot be read: " + e.getClass().getSimpleName() + " at " + base
              : "starts at " + base + ", which is not there");
    }
    if (walk.visited > MAX_VISITED) {
      throw new NotFound(
          "has more than " + MAX_VISITED + " files below " + base + "; name a folder further down");
    }
    walk.found.sort(null);
    return walk.found;
  }

  private boolean isWanted(Path file) {
    if (glob == null) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return name.endsWith(".yaml") || name.endsWith(".yml");
    }
    return glob.matches(base.relativize(file).toString().replace(File.separatorChar, '/'));
  }

  /** Collects files. What cannot be read further down is left out, as if it were not there. */
  private final class Walk extends SimpleFileVisitor<Path> {
    private final List<Path> found = new ArrayList<>();
    private int visited;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (++visited > MAX_VISITED) {
        return FileVisitResult.TERMINATE;
      }
      // Such are the folders that Kubernetes mounts the versions of a ConfigMap as.
      return !folder.equals(base) && isHidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (++visited > MAX_VISITED) {
        return FileVisitResult.TERMINATE;
      }
      if (attributes.isRegularFile() && !isHidden(file) && isWanted(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(base) && !(failure instanceof FileSystemLoopException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path path) {
      Path name = path.getFileName();
      return name != null && name.toString().startsWith(".");
    }
  }
}
