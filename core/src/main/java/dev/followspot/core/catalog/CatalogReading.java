package dev.followspot.core.catalog;

import dev.followspot.core.catalog.CatalogFile.Located;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One reading of all files of a catalog. Used once, by one thread. */
final class CatalogReading {

  private static final int MAX_FILES = 20_000;
  private static final int MAX_ENTITIES = 200_000;
  private static final long MAX_BYTES = 256L << 20;
  private static final int MAX_LOCATIONS_DEEP = 16;

  private final List<FilePattern> roots;
  private final boolean anywhere;
  private final Map<Path, CatalogFile> before;
  private final Map<FilePattern, List<Path>> foundBefore;
  private final Map<FilePattern, Path> foldersBefore;
  private final boolean anew;
  private final Map<FilePattern, Path> folders = new HashMap<>();
  private final Set<Path> away = new HashSet<>();

  private final Map<Path, CatalogFile> files = new LinkedHashMap<>();
  private final Map<FilePattern, List<Path>> found = new HashMap<>();
  private final Set<Path> visited = new HashSet<>();
  private final Map<EntityRef, Located> entities = new LinkedHashMap<>();
  private final List<ConfigProblem> mistakes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private long bytes;

  /** Too much to be held; what was read before is kept. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message);
    }
  }

  /**
   * Nothing is read yet.
   *
   * @param roots where to start
   * @param anywhere whether targets may be outside the folders of the roots
   * @param last the reading before; null for the first one
   * @param anew whether to read what does not seem to have changed, too
   */
  CatalogReading(
      List<FilePattern> roots, boolean anywhere, @Nullable CatalogReading last, boolean anew) {
    this.roots = roots;
    this.anywhere = anywhere;
    this.before = last == null ? Map.of() : last.files;
    this.foundBefore = last == null ? Map.of() : last.found;
    this.foldersBefore = last == null ? Map.of() : last.folders;
    this.anew = anew;
  }

  /**
   * Reads all files.
   *
   * @return the entities with their relations
   * @throws TooMuch if there are too many of them
   */
  List<Entity> read() {
    for (FilePattern root : roots) {
      Path known = Files.exists(root.base()) ? null : foldersBefore.get(root);
      Path folder = known == null ? real(root.folder()) : known;
      if (folder != null) {
        folders.put(root, folder);
      }
    }
    for (FilePattern root : roots) {
      follow(root, root.text(), false, 0);
    }
    Map<EntityRef, Located> known = entities;
    return Relations.derive(
        known.values().stream().map(Located::entity).toList(),
        (entity, message) -> {
          Located located = known.get(entity.ref());
          warn(located == null ? "" : located.location(), message);
        });
  }

  /** What keeps something from being read, with its place. */
  List<ConfigProblem> mistakes() {
    return mistakes;
  }

  /** All that is wrong: the mistakes, and what is odd. */
  List<Problem> problems() {
    return problems;
  }

  private void warn(String place, String message) {
    problems.add(Problem.warning(place, message));
  }

  private void mistake(String place, String message) {
    mistakes.add(new ConfigProblem(place, "", message));
    problems.add(Problem.error(place, message));
  }

  private void follow(FilePattern pattern, String place, boolean optional, int depth) {
    List<Path> known = foundBefore.get(pattern);
    List<Path> now;
    try {
      FilePattern.Found here = pattern.find(known);
      here.unreadable().forEach(folder -> unreadable(folder, place, known != null));
      now = known == null ? here.files() : withKept(here, known);
      found.put(pattern, now);
    } catch (FilePattern.NotFound e) {
      if (known == null) {
        if (!optional) {
          mistake(place, Shortened.quoted(pattern.text()) + " " + e.getMessage());
        }
        return;
      }
      // What is there was good: a file system that is away for a moment changes nothing.
      found.put(pattern, known);
      away.addAll(known);
      warn(
          place,
          Shortened.quoted(pattern.text())
              + " "
              + e.getMessage()
              + "; what was read from there before is kept");
      now = known;
    }
    if (now.isEmpty()) {
      warn(place, "no file is found for " + Shortened.quoted(pattern.text()));
    }
    for (Path file : now) {
      if (depth > 0 && !isWithin(file)) {
        warn(place, file + " is not read: it is a link to outside the folders of the catalog");
      } else {
        file(file, optional && pattern.isOneFile(), depth);
      }
    }
  }

  private void unreadable(Path folder, String place, boolean later) {
    String message = "the folder " + folder + " may not be read; correct its rights, or remove it";
    if (later) {
      warn(place, message + " (what was read from there before is kept)");
    } else {
      mistake(place, message);
    }
  }

  private List<Path> withKept(FilePattern.Found here, List<Path> known) {
    List<Path> kept =
        known.stream()
            .filter(file -> here.unreadable().stream().anyMatch(file::startsWith))
            .toList();
    away.addAll(kept);
    return Stream.concat(here.files().stream(), kept.stream()).distinct().sorted().toList();
  }

  private void file(Path file, boolean optional, int depth) {
    Path real = real(file);
    if (real == null && optional) {
      return;
    }
    if (!visited.add(real == null ? file : real)) {
      return;
    }
    if (files.size() == MAX_FILES) {
      throw new TooMuch("there are more than " + MAX_FILES + " files");
    }
    CatalogFile known = before.get(file);
    // That its folder is away is told already.
    CatalogFile state =
        known != null && away.contains(file) && !Files.isReadable(file)
            ? known
            : CatalogFile.look(file, known, anew);
    files.put(file, state);
    CatalogFile.Content good = state.read();
    for (ConfigProblem mistake : state.mistakes()) {
      if (good == null) {
        mistakes.add(mistake);
      }
      problems.add(
          good == null
              ? Problem.error(mistake.location(), text(mistake))
              : Problem.warning(
                  mistake.location(), text(mistake) + " (the last good version is kept)"));
    }
    if (good == null) {
      return;
    }
    bytes += good.size();
    if (bytes > MAX_BYTES) {
      throw new TooMuch("the files are larger than " + (MAX_BYTES >> 20) + " MiB together");
    }
    for (Located located : good.entities()) {
      add(located);
      targets(file, located, depth);
    }
  }

  private static String text(ConfigProblem mistake) {
    return mistake.key().isEmpty() ? mistake.message() : mistake.key() + ": " + mistake.message();
  }

  private void add(Located located) {
    Located first = entities.putIfAbsent(located.entity().ref(), located);
    if (first != null) {
      warn(
          located.location(),
          "the entity "
              + located.entity().ref()
              + " is left out, since it is there already, at "
              + first.location());
    } else if (entities.size() > MAX_ENTITIES) {
      throw new TooMuch("there are more than " + MAX_ENTITIES + " entities");
    }
  }

  private void targets(Path file, Located located, int depth) {
    String place = located.location();
    LocationTargets targets = LocationTargets.of(located.entity(), message -> warn(place, message));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || targets.files().isEmpty()) {
      return;
    }
    if (depth == MAX_LOCATIONS_DEEP) {
      mistake(
          place, "is the end of a chain of more than " + depth + " Locations; name the file above");
      return;
    }
    for (String target : targets.files()) {
      FilePattern pattern;
      try {
        pattern = FilePattern.of(folder, target);
      } catch (InvalidPathException e) {
        mistake(place, "the target " + Shortened.quoted(target) + " is no path");
        continue;
      } catch (IllegalArgumentException e) {
        mistake(place, "the target " + Shortened.quoted(target) + " " + e.getMessage());
        continue;
      }
      if (isWithin(pattern.base())) {
        follow(pattern, place, targets.optional(), depth + 1);
      } else {
        mistake(
            place,
            "the target "
                + Shortened.quoted(target)
                + " is outside the folders of the catalog; move it there, name it as a file of the"
                + " catalog, or allow it with followspot.catalog.targetsOutside");
      }
    }
  }

  /** Whether what a Location names is in the folders of the roots, whatever links there are. */
  private boolean isWithin(Path path) {
    if (anywhere) {
      return true;
    }
    Path there = path;
    Path real = real(there);
    while (real == null && there.getParent() != null) {
      // What is not there would be in the nearest folder that is.
      there = there.getParent();
      real = real(there);
    }
    if (real == null) {
      return false;
    }
    Path place = real.resolve(there.relativize(path));
    return folders.values().stream().anyMatch(place::startsWith);
  }

  private static @Nullable Path real(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
