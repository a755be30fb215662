package dev.followspot.core.catalog;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
   * What there is now.
   *
   * @param files sorted; the one file, whether it is there or not
   * @param unreadable folders that may hold more
   */
  record Found(List<Path> files, List<Path> unreadable) {}

  /**
   * The files that there are now.
   *
   * @param before those that there were the last time; null if that is not known
   * @throws NotFound if the folder cannot be read
   */
  Found find(@Nullable List<Path> before) throws NotFound {
    if (isOneFile()) {
      List<Path> one = List.of(base);
      if (before != null && !before.equals(one) && !Files.exists(base)) {
        throw new NotFound("is not there");
      }
      return new Found(one, List.of());
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
    return new Found(walk.found, List.copyOf(walk.unreadable));
  }

  private boolean isWanted(Path file) {
    if (glob == null) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return name.endsWith(".yaml") || name.endsWith(".yml");
    }
    return glob.matches(relative(file));
  }

  private String relative(Path path) {
    return base.relativize(path).toString().replace(File.separatorChar, '/');
  }

  /** Collects files, and folders that cannot be looked into. */
  private final class Walk extends SimpleFileVisitor<Path> {
    private final List<Path> found = new ArrayList<>();
    private final Set<Path> unreadable = new TreeSet<>();
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
      if (!(failure instanceof FileSystemLoopException)
          && !(failure instanceof NoSuchFileException)) {
        Path parent = file.getParent();
        // Where names can be listed but not looked at, this is no folder of its own.
        unreadable(parent != null && !Files.isExecutable(parent) ? parent : file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null && folder.equals(base)) {
        throw failure;
      }
      if (failure != null) {
        unreadable(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    private void unreadable(Path folder) {
      // Every ext4 volume has one for root only.
      boolean ofSystem = folder.endsWith("lost+found");
      if (!ofSystem
          && !isHidden(folder)
          && (glob == null || folder.equals(base) || glob.leadsInto(relative(folder)))) {
        unreadable.add(folder);
      }
    }

    private boolean isHidden(Path path) {
      Path name = path.getFileName();
      return name != null && name.toString().startsWith(".");
    }
  }
}
