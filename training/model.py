"""The model (modellen): a BERT encoder in plain torch with one verdict a piece."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from training.weights import Encoder


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each with what went in added and normalised after."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(width, width) for _ in range(4))
        self.fi, self.fo = nn.Linear(width, inner), nn.Linear(inner, width)
        self.aln, self.oln = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, pieces, width); mask: (batch, 1, 1, pieces), 0 to read and a large negative number not to."""
        batch, pieces, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, pieces, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        weights = torch.softmax(q @ k.transpose(2, 3) / (width // self.heads) ** 0.5 + mask, dim=-1)
        seen = (weights @ v).transpose(1, 2).reshape(batch, pieces, width)
        x = self.aln(x + self.drop(self.ao(seen)))
        return self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))


class Tagger(nn.Module):
    """ids and mask (batch, pieces) in, logits (batch, pieces, labels) out. The word embeddings stay as they are."""

    def __init__(self, words: np.ndarray, encoder: Encoder, layers: int, labels: int) -> None:
        super().__init__()
        width = encoder.width
        self.words = nn.Embedding.from_pretrained(torch.from_numpy(words), freeze=True)
        places = (
            encoder.tensors["emb.pos"].reshape(-1, width) + encoder.tensors["emb.type"].reshape(-1, width)[0]
        )
        self.places = nn.Parameter(torch.from_numpy(places[:512].copy()))
        self.norm = nn.LayerNorm(width, encoder.epsilon)
        self.layers = nn.ModuleList(
            Layer(width, encoder.heads, encoder.inner, encoder.epsilon) for _ in range(layers)
        )
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(width, labels)
        self._fill(encoder)

    def _fill(self, encoder: Encoder) -> None:
        def put(target: Tensor, name: str) -> None:
            target.data.copy_(torch.from_numpy(encoder.tensors[name]).view_as(target))

        put(self.norm.weight, "emb.ln.w")
        put(self.norm.bias, "emb.ln.b")
        for number, layer in enumerate(self.layers):
            for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                put(getattr(layer, name).weight, f"l{number}.{name}.w")
                put(getattr(layer, name).bias, f"l{number}.{name}.b")

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """mask: 1 for a piece, 0 for padding."""
        return self.judged(self.words(ids), mask)

    def judged(self, words: Tensor, mask: Tensor) -> Tensor:
        """What follows the embeddings: words (batch, pieces, width)."""
        x = self.drop(self.norm(words + self.places[: words.shape[1]]))
        away = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, away)
        return self.head(x)
