"""A language model small enough for a CPU, made on the spot: a byte-pair tokenizer and a Llama of 0.15 million parameters."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

_END, _PAD = "<|end|>", "<|pad|>"
_IGNORED = -100
_BATCH = 32


def make_tokenizer(texts: list[str]) -> PreTrainedTokenizerFast:
    """A tokenizer that knows the words of these texts, and every byte."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=512,
        special_tokens=[_PAD, _END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token=_END, pad_token=_PAD, padding_side="left"
    )


def make_model(tokenizer: PreTrainedTokenizerFast, seed: int) -> LlamaForCausalLM:
    """A model with random weights."""
    torch.manual_seed(seed)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=64,
            intermediate_size=192,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=256,
            tie_word_embeddings=True,
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def warm_start(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, pairs: list[tuple[str, str]]
) -> float:
    """Teaches prompts with answers once through, and returns the last batches' mean loss."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.0)
    steps = len(pairs) // _BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    losses = []
    model.train()
    for step in range(steps):
        batch = _batch(tokenizer, pairs[step * _BATCH : (step + 1) * _BATCH])
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    last = losses[-10:]
    return sum(last) / len(last)


def _batch(tokenizer: PreTrainedTokenizerFast, pairs: list[tuple[str, str]]) -> dict[str, torch.Tensor]:
    questions = [tokenizer(prompt)["input_ids"] for prompt, _ in pairs]
    replies = [tokenizer(answer + _END)["input_ids"] for _, answer in pairs]
    rows = [torch.tensor(question + reply) for question, reply in zip(questions, replies, strict=True)]
    labels = [
        torch.tensor([_IGNORED] * len(question) + reply)
        for question, reply in zip(questions, replies, strict=True)
    ]
    pad = torch.nn.utils.rnn.pad_sequence
    masks = [torch.ones_like(row) for row in rows]
    return {
        "input_ids": pad(rows, batch_first=True, padding_value=tokenizer.pad_token_id),
        "attention_mask": pad(masks, batch_first=True),
        "labels": pad(labels, batch_first=True, padding_value=_IGNORED),
    }


@torch.no_grad()
def sample(
    model: LlamaForCausalLM,
    tokenizer: PreTrainedTokenizerFast,
    prompts: list[str],
    longest: int,
    temperature: float,
) -> list[str]:
    """One answer to each prompt."""
    model.eval()
    batch = tokenizer(prompts, return_tensors="pt", padding=True, return_token_type_ids=False)
    made = model.generate(**batch, do_sample=True, temperature=temperature, max_new_tokens=longest, top_k=0)
    return tokenizer.batch_decode(made[:, batch["input_ids"].shape[1] :], skip_special_tokens=True)
