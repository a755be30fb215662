package dev.followspot.core.cluster;

import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The contexts of kubectl's files. Settings: {@code file} or {@code files}, and {@code context} or
 * {@code contexts} to choose some of them. The files are read again with every refresh.
 */
public final class KubeconfigClusterSupplierFactory implements ClusterSupplierFactory {

  /** Does nothing. */
  public KubeconfigClusterSupplierFactory() {}

  @Override
  public String name() {
    return "kubeconfig";
  }

  @Override
  public ClusterSupplier create(ClusterSupplierContext context) {
    ExtensionConfig config = context.config();
    List<Path> files = new ArrayList<>();
    config.optionalPath("file").ifPresent(files::add);
    files.addAll(config.optionalPaths("files").orElse(List.of()));
    Set<String> contexts = new LinkedHashSet<>();
    config.optionalString("context").ifPresent(contexts::add);
    contexts.addAll(config.optionalStrings("contexts").orElse(List.of()));
    if (files.isEmpty()) {
      throw config.problem("file", "is missing; name a kubeconfig, or several with files");
    }
    ReportingClusterSupplier supplier = request -> read(files, contexts);
    return supplier;
  }

  private static CompletionStage<ClusterList> read(List<Path> files, Set<String> contexts) {
    try {
      Kubeconfig read = Kubeconfig.read(files, contexts);
      return CompletableFuture.completedFuture(new ClusterList(read.clusters(), read.problems()));
    } catch (ConfigurationException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
