package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CustomResourceSupplier;
import dev.followspot.spi.CustomResourceSupplierFactory;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsProviderFactory;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Builds the chains of extensions that wrap each other, from the inside out. */
final class Chains {

  private static final Comparator<Candidate> INSIDE_OUT =
      Comparator.comparingInt(Candidate::order)
          .thenComparing(Candidate::className)
          .thenComparing(Candidate::name);

  private final Selection selection;
  private final Creation creation;
  private final IssueLog issues;

  Chains(Selection selection, Creation creation, IssueLog issues) {
    this.selection = selection;
    this.creation = creation;
    this.issues = issues;
  }

  /** Makes an extension around what it wraps. */
  private interface Maker<T> {
    @Nullable T make(Candidate candidate, T delegate);
  }

  KubernetesFetcher fetcher(KubernetesFetcher base) {
    return this.<KubernetesFetcher>wrap(
        ExtensionPoint.FETCHER,
        base,
        (candidate, below) ->
            ((KubernetesFetcherFactory) candidate.factory())
                .create(
                    new Contexts.OfFetcher(creation.shared(), creation.config(candidate), below)),
        GuardedFetcher::new);
  }

  ObjectsProvider objectsProvider(ObjectsProvider base) {
    return this.<ObjectsProvider>wrap(
        ExtensionPoint.OBJECTS,
        base,
        (candidate, below) ->
            ((ObjectsProviderFactory) candidate.factory())
                .create(
                    new Contexts.OfObjects(creation.shared(), creation.config(candidate), below)),
        GuardedObjectsProvider::new);
  }

  CustomResourceSupplier customResources(CustomResourceSupplier base) {
    return this.<CustomResourceSupplier>wrap(
        ExtensionPoint.CUSTOM_RESOURCES,
        base,
        (candidate, below) ->
            ((CustomResourceSupplierFactory) candidate.factory())
                .create(
                    new Contexts.OfCustomResources(
                        creation.shared(), creation.config(candidate), below)),
        GuardedCustomResources::new);
  }

  private <T> T wrap(
      ExtensionPoint point, T base, Maker<T> maker, BiFunction<T, Guard, ? extends T> guarded) {
    T outermost = guarded.apply(base, Guard.of("the built-in " + point.displayName()));
    String below = LoadedExtension.BUILT_IN_BASE;
    List<Candidate> sorted = selection.chosen(point).values().stream().sorted(INSIDE_OUT).toList();
    for (Candidate candidate : sorted) {
      T delegate = outermost;
      try {
        T made = creation.create(candidate, () -> maker.make(candidate, delegate));
        creation.created().add(candidate, made, below);
        outermost = guarded.apply(made, Guard.of(candidate.label()));
        below = candidate.name();
      } catch (ConfigurationException e) {
        if (isWanted(candidate) || !creation.config(candidate).keys().isEmpty()) {
          throw e;
        }
        creation.ignoreConfig(candidate);
        issues.add(candidate.issue("is left out, since it is not set up: " + e.getMessage(), e));
      } catch (Door.Refused e) {
        if (isWanted(candidate)) {
          throw failed(candidate, e);
        }
        creation.ignoreConfig(candidate);
        issues.add(e.issue());
      }
    }
    return outermost;
  }

  private boolean isWanted(Candidate candidate) {
    return candidate.origin() == Origin.EXPLICIT
        || candidate.origin() == Origin.BUILT_IN
        || selection.isPinned(candidate);
  }

  private ConfigurationException failed(Candidate candidate, Door.Refused refused) {
    String message = "cannot be created: " + refused.issue();
    return selection.isPinned(candidate)
        ? selection.section().problem(candidate.point().key(), message)
        : new ConfigurationException("", candidate.label(), message);
  }
}
