// SPDX-License-Identifier: Apache-2.0
#include "network/session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <thread>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/findings.hpp"
#include "base/interrupt_mark.hpp"
#include "base/made_folders.hpp"
#include "base/memory.hpp"
#include "calibrate.hpp"
#include "checkpoint.hpp"
#include "layer_macros.hpp"
#include "layer_report.hpp"
#include "operands/npy.hpp"
#include "scoring.hpp"
#include "seconds.hpp"

namespace network {

namespace {

constexpr double save_seconds = 20;

class Session {
  public:
    explicit Session(const SessionOptions& o)
        : o_(o), file_(o.data, o.preparation), net_(prepare(read_model(o.model), file_.shape())) {
        threads_ = o.threads ? o.threads : std::max(1U, std::thread::hardware_concurrency());
        batch_ = o.batch ? o.batch : batch_images(net_);
    }

    Report run() {
        base::keep_freed_memory();  // each layer's buffers are the next one's
        check();
        macros_ = load_layer_macros(o_, net_, digital_);
        check_chips(o_, net_, macros_);
        map_layers();
        Report r = describe();
        if (o_.resume) restore(r);
        const base::InterruptMark interrupt;
        begin_ = saved_ = now();
        run_images(r, r, interrupt);
        if (r.done == r.images && o_.chips > 1) run_chips(r, interrupt);
        if (o_.progress) fmt::print(stderr, "\r\033[K");
        r.interrupted = r.done < r.images || (o_.chips > 1 && r.chips.size() < o_.chips);
        r.seconds = now() - begin_;
        r.reference_seconds = reference_seconds_;
        r.macro_seconds = golden_seconds_;
        add_layers(r);
        if (o_.out_dir.empty()) return r;
        if (r.interrupted) {
            save(r);
        } else {
            write(r);
        }
        return r;
    }

  private:
    void check() {
        if (net_.layers.empty()) {
            throw base::Error(fmt::format(
                "{}: error: found no layer for the macro; expected a Conv, Gemm or MatMul",
                o_.model));
        }
        classes_ = net_.classes();
        const bool indices =
            net_.types[static_cast<std::size_t>(net_.model.output)] != Type::f32 && classes_ == 1;
        if (!o_.labels.empty()) {
            labels_ = read_labels(o_.labels, file_.count(),
                                  indices ? std::numeric_limits<std::int32_t>::max() : classes_);
        }
        digital_ = digital_layers(o_, net_);
        file_.check_finite();
        make_folder();
    }

    /// Before any work; it goes again if the work fails.
    void make_folder() {
        if (o_.out_dir.empty()) return;
        try {
            made_.emplace(o_.out_dir);
        } catch (const std::filesystem::filesystem_error& e) {
            throw base::Error(
                fmt::format("{}: error: cannot be made: {}", o_.out_dir, e.code().message()));
        }
        if (!std::filesystem::is_directory(o_.out_dir) || access(o_.out_dir.c_str(), W_OK) != 0)
            throw base::Error(fmt::format("{}: error: expected a writable folder", o_.out_dir));
    }

    void map_layers() {
        std::optional<ImageFile> own;
        if (!o_.calibration.empty()) own.emplace(o_.calibration, o_.preparation);
        const ImageFile& file = own ? *own : file_;
        if (file.shape() != file_.shape()) {
            throw base::Error(fmt::format("{}: error: found images of shape {}; expected {}",
                                          o_.calibration, shape_text(file.shape()),
                                          shape_text(file_.shape())));
        }
        const std::size_t wanted = o_.calibrate.value_or(own ? file.count() : 64);
        const std::vector<Sample> samples =
            calibrate(net_, file, std::min(wanted, file.count()), threads_);
        for (const Layer& layer : net_.layers) {
            const auto n = static_cast<std::size_t>(layer.number);
            mapped_.push_back(digital_[n] ? nullptr
                                          : std::make_unique<MappedLayer>(net_, layer, macros_[n],
                                                                          samples[n], o_.mapping));
            if (mapped_[n]) seed_ = mapped_[n]->seed();
        }
    }

    Report describe() const {
        Report r;
        const generator::Config& c = macros_.front().design.config;
        r.model = std::filesystem::path(o_.model).filename();
        r.data = std::filesystem::path(o_.data).filename();
        r.graph = net_.model.graph;
        r.config = c.name;
        r.scheme = c.scheme();
        r.images = o_.images ? std::min(o_.images, file_.count()) : file_.count();
        r.classes = classes_;
        r.labelled = !o_.labels.empty();
        r.seed = seed_;
        return r;
    }

    /// The images that `chip` has not done yet, until Ctrl-C; `r` is what is saved meanwhile.
    void run_images(Report& r, Report& chip, const base::InterruptMark& interrupt) {
        start_ = chip.done;
        begin_ = now();
        while (chip.done < r.images && !interrupt.set()) {
            try {
                step(chip);
            } catch (const base::Error&) {
                if (!interrupt.set()) throw;  // else the simulation ended by the same signal
                for (const auto& m : mapped_) {
                    if (m) m->totals() = {};  // it runs in the first batch alone
                }
                return;
            }
            show_progress(r, chip);
            if (!o_.out_dir.empty() && now() - saved_ > save_seconds) {
                save(r);
                saved_ = now();
            }
        }
    }

    /// A batch: on the macro and in float.
    void step(Report& r) {
        const std::size_t first = r.done;
        const std::size_t count = std::min<std::size_t>(batch_, r.images - first);
        const std::vector<Tensor> images = file_.read(first, count, net_.model.input_type);
        const std::vector<Tensor> reference = float_results(images, first);
        Execution macro;
        macro.threads = threads_;
        for (const auto& m : mapped_) macro.on_macro.push_back(m != nullptr);
        macro.run_layer = [&](const Layer& layer, std::span<const Tensor* const> inputs) {
            MappedLayer& m = *mapped_[static_cast<std::size_t>(layer.number)];
            if (first == 0 && o_.rtl_vectors > 0 && r.seed == seed_)
                m.run_rtl(*inputs[0], o_.rtl_vectors, o_.progress);
            const double golden = m.totals().seconds, exact = m.exact_seconds();
            std::vector<Tensor> results = m.run(inputs, first, threads_);
            golden_seconds_ += m.totals().seconds - golden;
            reference_seconds_ += m.exact_seconds() - exact;
            return results;
        };
        const std::vector<Tensor> found = execute(net_, images, macro);
        for (std::size_t i = 0; i < count; ++i)
            score(r, found[i], reference[i], label_of(first + i));
        r.done += count;
    }

    /// The float network's results; kept where further chips need them again.
    std::vector<Tensor> float_results(const std::vector<Tensor>& images, std::size_t first) {
        const auto at = [&](std::size_t n) {
            return references_.begin() + static_cast<std::ptrdiff_t>(n);
        };
        if (references_.size() >= first + images.size())
            return {at(first), at(first + images.size())};
        Execution real;
        real.threads = threads_;
        std::vector<Tensor> found = execute(net_, images, real);
        reference_seconds_ += real.seconds;
        if (o_.chips > 1 && references_.size() == first)
            references_.insert(references_.end(), found.begin(), found.end());
        return found;
    }

    /// Further chips: the same images with the seeds that follow. The layers' figures stay the
    /// first's. One that was interrupted begins anew.
    void run_chips(Report& r, const base::InterruptMark& interrupt) {
        for (const auto& m : mapped_) first_chip_.push_back(m ? m->totals() : LayerTotals{});
        if (r.chips.empty()) r.chips.push_back({seed_, r.top1, r.same});
        while (r.chips.size() < o_.chips && !interrupt.set()) {
            Report chip = describe();
            chip.seed = seed_ + r.chips.size();
            for (const auto& m : mapped_) {
                if (m) m->next_chip(static_cast<std::uint32_t>(chip.seed));
            }
            run_images(r, chip, interrupt);
            if (chip.done == r.images) r.chips.push_back({chip.seed, chip.top1, chip.same});
        }
        for (std::size_t n = 0; n < mapped_.size(); ++n) {
            if (mapped_[n]) mapped_[n]->totals() = first_chip_[n];
        }
    }

    std::optional<std::size_t> label_of(std::size_t image) const {
        if (labels_.empty()) return std::nullopt;
        return static_cast<std::size_t>(labels_[image]);
    }

    void show_progress(const Report& r, const Report& chip) const {
        if (!o_.progress) return;
        const double rate =
            static_cast<double>(chip.done - start_) / std::max(now() - begin_, 1e-9);
        const double left = static_cast<double>(r.images - chip.done) / std::max(rate, 1e-9);
        const std::string which =
            o_.chips > 1 ? fmt::format("chip {} of {}: ", chip.seed - seed_ + 1, o_.chips) : "";
        fmt::print(stderr, "\r\033[K{}{} of {} images, {:.1f} images/s, {:.0f} s left", which,
                   chip.done, r.images, rate, left);
        std::fflush(stderr);
    }

    void add_layers(Report& r) const {
        for (const Layer& layer : net_.layers) {
            const MappedLayer* mapped = mapped_[static_cast<std::size_t>(layer.number)].get();
            r.layers.push_back(report_layer(net_, layer, mapped));
        }
    }

    void write(const Report& r) const {
        const std::filesystem::path dir = o_.out_dir;
        const operands::Tensor<float> logits{{static_cast<std::size_t>(r.done), classes_},
                                             r.logits};
        base::write_together({{dir / "report.json", report_json(r)},
                              {dir / "report.md", report_markdown(r)},
                              {dir / "report.html", report_html(r)},
                              {dir / "logits.npy", operands::encode_npy(logits)}});
        remove_checkpoint(o_.out_dir);
    }

    void save(const Report& r) {
        std::vector<LayerTotals> totals = first_chip_;
        if (totals.empty()) {
            for (const auto& m : mapped_) totals.push_back(m ? m->totals() : LayerTotals{});
        }
        write_checkpoint(o_.out_dir, key(), r, totals);
    }

    /// Made once: files may change while a run goes on.
    const std::string& key() {
        if (key_.empty()) key_ = checkpoint_key(o_, net_.model);
        return key_;
    }

    void restore(Report& r) {
        const std::vector<LayerTotals> totals =
            read_checkpoint(o_.out_dir, key(), r, mapped_.size());
        for (std::size_t n = 0; n < totals.size(); ++n) {
            if (mapped_[n]) mapped_[n]->totals() = totals[n];
        }
    }

    const SessionOptions& o_;
    ImageFile file_;
    Network net_;
    unsigned threads_ = 1;
    std::size_t batch_ = 1, classes_ = 0;
    std::uint64_t seed_ = 0;        ///< of the first chip
    std::uint64_t start_ = 0;       ///< first image of the chip under way, in this call
    double begin_ = 0, saved_ = 0;  ///< seconds
    double reference_seconds_ = 0, golden_seconds_ = 0;  ///< of this run, all chips
    std::vector<std::int64_t> labels_;
    std::vector<bool> digital_;
    std::vector<LayerMacro> macros_;
    std::vector<std::unique_ptr<MappedLayer>> mapped_;
    std::vector<LayerTotals> first_chip_;  ///< once it is done
    std::vector<Tensor> references_;
    std::string key_;  ///< of the checkpoint
    std::optional<base::MadeFolders> made_;
};

}  // namespace

namespace {

/// What is wrong with each file that can be read by itself.
std::string complaints(const SessionOptions& o) {
    base::Findings findings;
    const auto attempt = [&](auto&& read) {
        try {
            read();
        } catch (const base::Error& e) {
            findings.add(e.what());
        }
    };
    attempt([&] { read_model(o.model); });
    attempt([&] { ImageFile(o.data, o.preparation); });
    attempt([&] {
        std::vector<generator::Override> overrides = o.overrides;
        if (o.config_text) return;
        generator::wants_step_fit(o.config, overrides);
        generator::load_design_file(o.config, overrides);
    });
    if (!o.calibration.empty()) attempt([&] { ImageFile(o.calibration, o.preparation); });
    if (!o.labels.empty()) attempt([&] { operands::read_npy_int(o.labels); });
    return findings.text();
}

/// The session, or all that is wrong with its files.
std::unique_ptr<Session> session_of(const SessionOptions& o) {
    try {
        return std::make_unique<Session>(o);
    } catch (const base::Error&) {
        const std::string all = complaints(o);
        if (all.empty()) throw;
        throw base::Error(all);
    }
}

}  // namespace

Report run_session(const SessionOptions& options) { return session_of(options)->run(); }

}  // namespace network
