/** A mock Kubernetes API server, and the contract tests of the SPI. */
@NullMarked
package dev.followspot.testkit;

import org.jspecify.annotations.NullMarked;
