/**
 * Backstage's Kubernetes backend as one program: the servlet in Jetty, with the configuration files
 * of Backstage.
 *
 * <p>{@link dev.followspot.examples.backstagebackend.BackstageBackend} reads the command line,
 * {@code Setup} reads the files, {@code Backend} puts the parts together, and {@code WebServer} is
 * all there is of Jetty.
 */
@NullMarked
package dev.followspot.examples.backstagebackend;

import org.jspecify.annotations.NullMarked;
