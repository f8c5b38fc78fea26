package dev.sinter.tests.gradient;

import dev.sinter.tests.support.Devices;
import dev.sinter.tests.verify.Verified;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A step of training is a network like any other: the oracle judges each of its kernels.
@NullMarked
class LeNetGradientTest {
    @Test
    void forward_and_backward_stay_within_bounds_on_the_jvm() {
        Verified.bounded(LeNetStep.of(8), Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @Test
    void forward_and_backward_stay_within_bounds_in_opencl() {
        Verified.bounded(LeNetStep.of(8), Devices.of(Devices.OPENCL));
    }
}
