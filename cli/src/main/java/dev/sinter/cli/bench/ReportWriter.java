package dev.sinter.cli.bench;

import dev.sinter.cli.bench.BenchJob.Measured;
import dev.sinter.cli.bench.BenchJob.OnDevice;
import dev.sinter.cli.bench.BenchReport.DeviceEntry;
import dev.sinter.cli.bench.BenchReport.KernelEntry;
import dev.sinter.cli.bench.BenchReport.ModelEntry;
import dev.sinter.cli.bench.BenchReport.ResultEntry;
import dev.sinter.ir.graph.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes figures of what was measured.
record ReportWriter(BenchJob job, Instant date) {
    BenchReport write(List<Ceilings> ceilings, List<Samples> loops, List<Measured> measured) {
        List<DeviceEntry> devices = new ArrayList<>();
        int next = 0;
        for (Ceilings ceiling : ceilings) {
            int runs = ceiling.runs().size();
            devices.add(device(ceiling, loops.subList(next, next + runs)));
            next += runs;
        }
        return new BenchReport(
                BenchReport.VERSION,
                date.toString(),
                Machine.here(),
                job.seed(),
                job.turns().isTimed() ? null : Integer.valueOf(job.turns().rounds()),
                job.turns().isTimed() ? Double.valueOf(job.turns().mostNanos() / 1e9) : null,
                job.turns().pauseMillis() / 1e3,
                job.turns().warmSeconds(),
                job.options().fuse(),
                job.options().optimise(),
                job.check(),
                devices,
                measured.stream().map(one -> model(one, devices)).toList());
    }

    private static DeviceEntry device(Ceilings ceilings, List<Samples> samples) {
        Ceilings.Ceiling peak = ceilings.peak(samples);
        Ceilings.Ceiling bandwidth = ceilings.bandwidth(samples);
        return new DeviceEntry(
                ceilings.device().id(),
                ceilings.device().name(),
                ceilings.device().backend(),
                new LinkedHashMap<>(ceilings.device().details()),
                peak.rate(),
                bandwidth.rate(),
                peak.seconds(),
                bandwidth.seconds());
    }

    private static ModelEntry model(Measured measured, List<DeviceEntry> devices) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Value input : measured.graph().inputs()) {
            inputs.put(input.name(), input.type().toString());
        }
        Optional<Double> first = measured.results().getFirst().samples().map(Samples::median);
        List<ResultEntry> results = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            results.add(result(measured.results().get(i), measured.flops(), devices.get(i), first));
        }
        return new ModelEntry(measured.model(), inputs, measured.flops(), results);
    }

    private static ResultEntry result(OnDevice one, double flops, DeviceEntry device, Optional<Double> first) {
        double bytes = one.work().stream().mapToLong(KernelWork::bytes).sum();
        Double median = one.samples().map(Samples::median).orElse(null);
        Double rate = median == null || flops == 0 ? null : Double.valueOf(flops / median);
        Double byteRate = median == null ? null : Double.valueOf(bytes / median);
        return new ResultEntry(
                one.device().id(),
                one.wrong().orElse(null),
                one.compileSeconds(),
                median,
                one.samples().map(Samples::low).orElse(null),
                one.samples().map(Samples::high).orElse(null),
                one.samples().map(Samples::medianDeviation).orElse(null),
                median == null ? null : first.map(other -> other / median).orElse(null),
                rate,
                rate == null ? null : Double.valueOf(rate / device.peak()),
                bytes,
                byteRate,
                byteRate == null ? null : Double.valueOf(byteRate / device.bandwidth()),
                one.samples().map(Samples::seconds).orElse(null),
                one.onHost(),
                kernels(one, device));
    }

    private static @Nullable List<KernelEntry> kernels(OnDevice one, DeviceEntry device) {
        Map<String, List<Double>> profile = one.profile();
        return profile == null
                ? null
                : one.work().stream()
                        .map(work -> kernel(work, profile.getOrDefault(work.kernel(), List.of()), device))
                        .toList();
    }

    private static KernelEntry kernel(KernelWork work, List<Double> samples, DeviceEntry device) {
        Double seconds = samples.isEmpty() ? null : Double.valueOf(new Samples(samples).median());
        double least = Math.max(work.computed() / device.peak(), work.bytes() / device.bandwidth());
        return new KernelEntry(
                work.kernel(),
                work.layer(),
                work.layers(),
                work.operators(),
                work.part(),
                work.parts(),
                work.root(),
                seconds,
                work.flops(),
                work.computed(),
                work.bytes(),
                seconds == null || seconds == 0 || work.flops() == 0 ? null : Double.valueOf(work.flops() / seconds),
                work.computed() == 0 ? null : Double.valueOf(work.computed() / least),
                seconds == null || seconds == 0 ? null : Double.valueOf(least / seconds),
                work.schedule());
    }
}
